using System.Net;
using System.Net.Http.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Caching;
using EPM.Platform.Jobs;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EPM.Modules.Tests.Faults;

/// <summary>
/// For every call a command makes to the database: the connection is lost at that call, before it arrives or before its answer does. The
/// caller repeats what was not answered; the state is then what it would have been without the fault, and no transaction is left open.
/// </summary>
public sealed class NthCallTests : IAsyncLifetime
{
    private const int MostCalls = 80;

    private FaultProxy _proxy = null!;
    private EpmHost _host = null!;
    private TestTenant _tenant = null!;
    private int _codes;

    public async Task InitializeAsync()
    {
        var database = await TestDatabases.CopyAsync();
        _proxy = FaultProxy.To(database);
        _host = await EpmHost.StartAsync(connection: _proxy.Through(database), services: WithoutLoops);
        _tenant = await _host.NewTenantAsync();
        await _tenant.OpenTwoRegionsAsync();
        await _tenant.As(Roles.Admin);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(CutPoint.Before)]
    [InlineData(CutPoint.Answered)]
    public Task Adding_a_region(CutPoint point) => EveryCallAsync(point,
        (client, code) => client.PostAsJsonAsync("/api/v1/regions", new { code, name = "Région" }),
        code => $"SELECT count(*) FROM stores.region WHERE region_code = '{code}'");

    [Theory]
    [InlineData(CutPoint.Before)]
    [InlineData(CutPoint.Answered)]
    public Task Opening_a_store(CutPoint point) => EveryCallAsync(point,
        (client, code) => client.PostAsJsonAsync("/api/v1/stores", Chain.Store(code, "nord")),
        code => $"SELECT count(*) FROM stores.store WHERE code = '{code}' AND region_code = 'nord'");

    [Theory]
    [InlineData(CutPoint.Before)]
    [InlineData(CutPoint.Answered)]
    public Task Setting_objectives(CutPoint point) => EveryCallAsync(point,
        (client, code) => client.PutAsJsonAsync("/api/v1/stores/N1/objectives", new { items = new[] { new { month = "2026-10", revenue = 1000 + code.Length }, new { month = "2026-11", revenue = 2000 } } }),
        _ => "SELECT count(*) / 2 FROM stores.objective");

    private async Task EveryCallAsync(CutPoint point, Func<HttpClient, string, Task<HttpResponseMessage>> command, Func<string, string> found)
    {
        var client = await _tenant.As(Roles.Admin);
        var calls = 0;
        while (true)
        {
            calls.ShouldBeLessThan(MostCalls, "the command never came through");
            var code = $"C{++_codes}";
            var cut = _proxy.Arm(Cut.OnRequest(++calls, point));
            using (var answer = await command(client, code))
            {
                if (!answer.IsSuccessStatusCode)
                    answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
                var fired = cut.HasFired;
                _proxy.Pass();
                if (!answer.IsSuccessStatusCode)
                {
                    using var again = await command(client, code);
                    (again.IsSuccessStatusCode || again.StatusCode == HttpStatusCode.Conflict).ShouldBeTrue(await again.Content.ReadAsStringAsync());
                }
                (await _tenant.AskAsync<long>(found(code))).ShouldBe(1, $"cut at call {calls}");
                if (!fired)
                    break;
            }
        }
        calls.ShouldBeGreaterThan(2);
        (await _host.AsAdminAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'")).ShouldBe(0L);
    }

    // Their own calls would be counted with the command's.
    private static void WithoutLoops(IServiceCollection services)
    {
        foreach (var loop in services.Where(service => service.ServiceType == typeof(IHostedService)
            && (service.ImplementationType == typeof(JobWorker) || service.ImplementationType == typeof(VersionListener))).ToArray())
            services.Remove(loop);
    }
}
