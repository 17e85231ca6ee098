using EPM.Platform.Modules;
using EPM.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Architecture.Tests.Walls;

public sealed class RoleRoutesTests
{
    private static readonly IReadOnlyDictionary<string, string> Reviewed =
        RoleRoutes.Table(File.ReadAllLines(Path.Combine(House.Root, "tests", "EPM.Architecture.Tests", "Walls", "role-routes.txt")));

    [Fact]
    public async Task Every_route_lets_in_exactly_the_roles_that_were_reviewed()
    {
        var host = await EpmHost.SharedAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "RQ3");
        (await RoleRoutes.UnlistedVerbsAsync(host, chain)).ShouldBeEmpty();
        var observed = await RoleRoutes.ObserveAsync(host, chain);
        observed.Count.ShouldBe(Routes.Of(host).Count);
        Differences(observed).ShouldBeEmpty("each line is what role-routes.txt would have to say, or no longer say");
    }

    [Fact]
    public async Task The_table_shows_a_route_that_checks_nothing()
    {
        var host = await EpmHost.StartAsync(services: services => services.AddSingleton<IModule>(new CarelessModule()));
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "RQ4");
        Differences(await RoleRoutes.ObserveAsync(host, chain)).ShouldBe(["+ DELETE /api/v1/everything signed-in"]);
    }

    private static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> observed) =>
        observed.Where(route => Reviewed.GetValueOrDefault(route.Key) != route.Value).Select(route => $"+ {route.Key} {route.Value}")
            .Concat(Reviewed.Where(route => observed.GetValueOrDefault(route.Key) != route.Value).Select(route => $"- {route.Key} {route.Value}"));

    private sealed class CarelessModule : IModule
    {
        public string Name => "careless";

        public void AddServices(IServiceCollection services)
        {
        }

        public void MapRoutes(IEndpointRouteBuilder api) => api.MapDelete("/everything", () => Results.NoContent());
    }
}
