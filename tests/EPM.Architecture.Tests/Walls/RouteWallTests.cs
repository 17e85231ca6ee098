using EPM.Platform.Modules;
using EPM.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

public sealed class RouteWallTests
{
    [Fact]
    public async Task No_route_tells_one_chain_anything_of_another_or_lets_it_change_anything_there()
    {
        var host = await EpmHost.SharedAsync();
        var (a, b) = await SeedAsync(host);
        var before = await FingerprintAsync(host, b.Tenant.Id);
        var wall = new RouteWall(host, a, b);
        (await wall.CheckAsync()).ShouldBeEmpty();
        wall.Covered.ShouldBe(Routes.Of(host).Count);
        wall.Probes.ShouldBeGreaterThan(20);
        (await FingerprintAsync(host, b.Tenant.Id)).ShouldBe(before);
    }

    [Fact]
    public async Task The_wall_shows_a_route_that_leaks_and_one_that_it_cannot_reach()
    {
        var leaky = new LeakyModule();
        var host = await EpmHost.StartAsync(services: services => services.AddSingleton<IModule>(leaky));
        leaky.Connection = host.Connection;
        var (a, b) = await SeedAsync(host);
        var breaches = await new RouteWall(host, a, b).CheckAsync();
        breaches.ShouldContain(breach => breach.StartsWith("GET /api/v1/stores/{code}/leak with path code of B tells CNRY", StringComparison.Ordinal));
        breaches.ShouldContain(breach => breach.StartsWith("GET /api/v1/stores/{code}/leak with path code of B answers 200", StringComparison.Ordinal));
        breaches.ShouldContain(breach => breach.StartsWith("GET /api/v1/leaks/{secret} is not covered", StringComparison.Ordinal));
    }

    private static async Task<(SeededTenant A, SeededTenant B)> SeedAsync(EpmHost host) =>
        (await SeededTenant.SeedAsync(await host.NewTenantAsync(), "AQ7"), await SeededTenant.SeedAsync(await host.NewTenantAsync(), "BZ9"));

    private static async Task<IReadOnlyDictionary<string, string>> FingerprintAsync(EpmHost host, Guid tenant)
    {
        await using var admin = new NpgsqlConnection(host.Connection);
        await admin.OpenAsync();
        var prints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await SampleRows.TablesAsync(admin))
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table.Name} t WHERE tenant_id = $1", admin)
            {
                Parameters = { new() { Value = tenant } },
            };
            prints[table.Name] = (string)(await command.ExecuteScalarAsync())!;
        }
        return prints;
    }

    /// <summary>What a forgotten filter would do.</summary>
    private sealed class LeakyModule : IModule
    {
        public string Name => "leaky";

        public string Connection { get; set; } = "";

        public void AddServices(IServiceCollection services)
        {
        }

        public void MapRoutes(IEndpointRouteBuilder api)
        {
            api.MapGet("/stores/{code}/leak", async (string code) =>
            {
                await using var admin = new NpgsqlConnection(Connection);
                await admin.OpenAsync();
                await using var command = new NpgsqlCommand("SELECT name FROM stores.store WHERE code = $1", admin) { Parameters = { new() { Value = code } } };
                return await command.ExecuteScalarAsync() is string name ? Results.Ok(new { name }) : Results.NotFound();
            });
            api.MapGet("/leaks/{secret}", (string secret) => Results.Ok(secret));
        }
    }
}
