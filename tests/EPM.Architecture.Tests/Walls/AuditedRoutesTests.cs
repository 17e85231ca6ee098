using EPM.Platform.Modules;
using EPM.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Architecture.Tests.Walls;

public sealed class AuditedRoutesTests
{
    private static readonly string[] Reviewed =
    [
        .. File.ReadAllLines(Path.Combine(House.Root, "tests/EPM.Architecture.Tests/Walls/unaudited-routes.txt")).Where(line => line.Length > 0 && !line.StartsWith('#')),
    ];

    [Fact]
    public async Task Every_route_that_changes_something_leaves_an_entry()
    {
        var host = await EpmHost.StartAsync();
        var routes = new AuditedRoutes(host, await SeededTenant.SeedAsync(await host.NewTenantAsync(), "AQ7"));
        (await routes.SilentAsync()).Except(Reviewed.Select(RouteOf)).ShouldBeEmpty("these change something and leave no audit entry: call AuditTrail.Record, or review them");
        routes.Seen.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_route_that_forgets_is_found()
    {
        var host = await EpmHost.StartAsync(services: services => services.AddSingleton<IModule>(new ForgetfulModule()));
        var routes = new AuditedRoutes(host, await SeededTenant.SeedAsync(await host.NewTenantAsync(), "AQ7"));
        (await routes.SilentAsync()).ShouldContain("POST /api/v1/forgotten");
    }

    [Fact]
    public async Task Reviewed_routes_exist_and_have_a_reason()
    {
        var host = await EpmHost.SharedAsync();
        var known = Routes.Of(host).Select(route => AuditedRoutes.NameOf(route)).ToArray();
        Reviewed.Length.ShouldBeLessThanOrEqualTo(10);
        foreach (var line in Reviewed)
        {
            known.ShouldContain(RouteOf(line));
            line[RouteOf(line).Length..].Trim().Length.ShouldBeGreaterThan(10, line);
        }
    }

    private static string RouteOf(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2));

    /// <summary>What a forgotten call would be.</summary>
    private sealed class ForgetfulModule : IModule
    {
        public string Name => "forgetful";

        public void AddServices(IServiceCollection services)
        {
        }

        public void MapRoutes(IEndpointRouteBuilder api) => api.MapPost("/forgotten", () => Results.NoContent());
    }
}
