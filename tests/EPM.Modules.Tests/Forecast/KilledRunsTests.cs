using System.Net;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Jobs;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Forecast;

/// <summary>A run that is cut anywhere is finished by whoever takes it up next. The host has no worker of its own: each attempt is run, and cut, by the test.</summary>
public sealed class KilledRunsTests : IAsyncLifetime
{
    private EpmHost _host = null!;
    private TestTenant _tenant = null!;

    public async Task InitializeAsync()
    {
        // Another host on the same database takes the files in.
        var filing = await EpmHost.StartAsync();
        var tenant = await filing.NewTenantAsync();
        await tenant.SellDailyAsync(100);
        _host = await EpmHost.StartAsync(connection: filing.Connection, services: services => services.Remove(services.Single(service => service.ImplementationType == typeof(JobWorker))));
        await filing.DisposeAsync();
        _tenant = new TestTenant(_host, tenant.Info);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Connections_killed_in_the_middle_of_batches_lose_and_double_nothing()
    {
        var id = await _tenant.QueueRunAsync();
        await _host.ArmAsync(2, 7, 12, 15, 20, 24, 29);
        var attempts = 1;
        while (!await _tenant.TryRunAsync(id))
            attempts++;
        attempts.ShouldBeGreaterThan(5);
        (await _tenant.EndOfRunAsync(id)).ToldOfRun().ShouldBe("completed: 5 series, 5 done, 5 refitted, 0 failed");
        (await CellsAsync()).ShouldBe(["N1 P1", "N1 P2", "N2 P1", "S1 P1", "S1 P3"]);
        (await _tenant.TryRunAsync(id)).ShouldBeTrue("an ended run that is started again does nothing");
        (await _tenant.AskAsync<long>("SELECT count(*) FROM forecast.run_batch WHERE done_at IS NOT NULL")).ShouldBe(3);
    }

    [Fact]
    public async Task A_run_stopped_on_request_keeps_what_was_done()
    {
        var id = await _tenant.QueueRunAsync();
        var killed = 0;
        // Killed in its second batch, whichever statement that begins with.
        while (await _tenant.AskAsync<long>("SELECT count(*) FROM forecast.run_batch WHERE done_at IS NOT NULL") == 0)
        {
            killed++;
            await _host.ArmAsync(14 + killed);
            (await _tenant.TryRunAsync(id)).ShouldBeFalse();
        }
        var client = await _tenant.As(Roles.Director);
        using (var asked = await client.PostAsync($"/api/v1/forecasts/runs/{id}/cancel", content: null))
            asked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _tenant.TryRunAsync(id)).ShouldBeTrue();
        var run = await _tenant.EndOfRunAsync(id);
        (run.GetProperty("state").GetString(), run.GetProperty("failure").GetProperty("code").GetString()).ShouldBe(("cancelled", "forecast_run_cancelled"));
        (await CellsAsync()).Length.ShouldBeInRange(1, 4);
        using var late = await client.PostAsync($"/api/v1/forecasts/runs/{Guid.CreateVersion7()}/cancel", content: null);
        late.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Progress_is_told_as_events_until_the_end()
    {
        var id = await _tenant.QueueRunAsync();
        using var response = await (await _tenant.As(Roles.Director)).GetAsync($"/api/v1/forecasts/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("event: progress");
        (await reader.ReadLineAsync())!.ShouldContain("\"state\":\"queued\"");
        (await _tenant.TryRunAsync(id)).ShouldBeTrue();
        (await reader.ReadToEndAsync()).Split("event: progress").Last().ShouldContain("\"state\":\"completed\",\"nightly\":false,\"series\":5,\"done\":5");
    }

    private Task<string[]> CellsAsync() => _tenant.AskAsync<string[]>("""
        SELECT array_agg(s.code || ' ' || p.sku ORDER BY s.code, p.sku) FROM forecast.prediction f
        JOIN sales.product p USING (tenant_id, product_no) JOIN stores.store s ON s.tenant_id = f.tenant_id AND s.store_no = f.store_no
        """);
}
