using EPM.Platform.Jobs;
using EPM.Platform.Security;
using EPM.Sales.Imports.Applying;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>
/// An import that is cut anywhere is finished by whoever takes it up next, on this host or another, without losing or doubling a line.
/// These hosts have no worker of their own: each attempt is run, and cut, by the test.
/// </summary>
public sealed class KilledImportsTests : IAsyncLifetime
{
    private const int Lines = SalesFileReader.BatchSize + 1_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private EpmHost _host = null!;
    private TestTenant _tenant = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(services: WithoutWorker);
        _tenant = await _host.NewTenantAsync();
        await _tenant.OpenChainAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Connections_killed_in_the_middle_of_batches_lose_and_double_nothing()
    {
        var id = await UploadAsync("store,ticket,line,sold_at,sku,quantity,unit_price\n", Lines, i => $"N{(i % 2) + 1},T{i / 3},{i % 3},2026-0{(i % 6) + 1}-10T{(i % 12) + 8}:00:00Z,P{(i % 3) + 1},{i % 5},{i % 97}.25");
        await _host.ArmAsync(1, 3, 6, 9, 13, 18, 22, 27);
        var attempts = 1;
        while (!await TryRunAsync(_tenant, id))
            attempts++;
        attempts.ShouldBeGreaterThan(5);
        var import = await _tenant.EndOfAsync(id);
        import.Told().ShouldBe($"completed: {Lines} read, {Lines} added, 0 updated, 0 unchanged, 0 rejected");
        await ShouldBeWholeAsync(Enumerable.Range(0, Lines).Sum(i => i % 5), Enumerable.Range(0, Lines).Sum(i => i % 5 * ((i % 97) + 0.25m)));
    }

    [Fact]
    public async Task Lines_numbered_by_their_place_keep_their_numbers_when_another_host_goes_on()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var id = await UploadAsync("store,ticket,sold_at,sku,quantity,unit_price\n", Lines, i => $"S1,T{i % 2_000},2026-03-10,P{(i % 3) + 1},1,{i % 97}");
        using (var cut = new CancellationTokenSource())
        {
            var committed = await _host.NextCommitAsync(deadline.Token);
            var run = TryRunAsync(_tenant, id, cut.Token);
            await committed;
            await cut.CancelAsync();
            (await run).ShouldBeFalse("the import was cut right behind the commit of a batch");
        }
        (await _tenant.AskAsync<long>("SELECT last_line FROM sales.import")).ShouldBeGreaterThan(0);
        var other = await EpmHost.StartAsync(connection: _host.Connection, services: WithoutWorker);
        (await TryRunAsync(new TestTenant(other, _tenant.Info), id)).ShouldBeTrue();
        (await _tenant.EndOfAsync(id)).Told().ShouldBe($"completed: {Lines} read, {Lines} added, 0 updated, 0 unchanged, 0 rejected");
        await ShouldBeWholeAsync(Lines, Enumerable.Range(0, Lines).Sum(i => i % 97));
        (await _tenant.AskAsync<bool>("SELECT bool_and(lines = last AND first = 1) FROM (SELECT count(*) AS lines, max(line) AS last, min(line) AS first FROM sales.line GROUP BY ticket) t")).ShouldBeTrue();
        (await TryRunAsync(_tenant, id)).ShouldBeTrue("an ended import that is started again does nothing");
        (await _tenant.AskAsync<long>("SELECT count(*) FROM sales.import_chunk")).ShouldBe(0, "the file is let go at the end");
    }

    [Theory]
    [InlineData("mode=atomic", Lines)]
    [InlineData("dryRun=true", 0)]
    public async Task All_or_nothing_starts_again_from_nothing(string query, int kept)
    {
        var id = await UploadAsync("store,ticket,line,sold_at,sku,quantity,unit_price\n", Lines, i => $"N1,T{i},1,2026-01-10,P1,1,1", query);
        await _host.ArmAsync(4, 9);
        (await TryRunAsync(_tenant, id)).ShouldBeFalse();
        (await _tenant.AskAsync<long>("SELECT count(*) FROM sales.line")).ShouldBe(0);
        var more = 0;
        while (!await TryRunAsync(_tenant, id))
            more++;
        more.ShouldBeLessThan(2);
        (await _tenant.EndOfAsync(id)).Told().ShouldBe($"completed: {Lines} read, {Lines} added, 0 updated, 0 unchanged, 0 rejected");
        await ShouldBeWholeAsync(kept, kept);
    }

    [Fact]
    public async Task An_import_stopped_on_request_keeps_and_counts_what_was_committed()
    {
        var id = await UploadAsync("store,ticket,line,sold_at,sku,quantity,unit_price\n", Lines, i => $"N1,T{i},1,2026-01-10,P1,1,1");
        await _host.ArmAsync(8);
        (await TryRunAsync(_tenant, id)).ShouldBeFalse();
        using var asked = await (await _tenant.As(Roles.Admin)).PostAsync($"/api/v1/imports/{id}/cancel", content: null);
        asked.StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await TryRunAsync(_tenant, id)).ShouldBeTrue();
        var import = await _tenant.EndOfAsync(id);
        import.State().ShouldBe("cancelled");
        import.GetProperty("failure").GetProperty("code").GetString().ShouldBe("import_cancelled");
        var kept = (int)import.GetProperty("added").GetInt64();
        kept.ShouldBe(SalesFileReader.BatchSize);
        await ShouldBeWholeAsync(kept, kept);
        using var late = await (await _tenant.As(Roles.Admin)).PostAsync($"/api/v1/imports/{Guid.CreateVersion7()}/cancel", content: null);
        late.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Progress_is_told_as_events_until_the_end()
    {
        var id = await UploadAsync("store,ticket,line,sold_at,sku,quantity\n", 10, i => $"N1,T{i},1,2026-01-10,P1,1");
        using var response = await (await _tenant.As(Roles.Admin)).GetAsync($"/api/v1/imports/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("event: progress");
        (await reader.ReadLineAsync())!.ShouldContain("\"state\":\"queued\"");
        (await TryRunAsync(_tenant, id)).ShouldBeTrue();
        var rest = await reader.ReadToEndAsync();
        rest.Split("event: progress").Last().ShouldContain("\"state\":\"completed\",\"read\":10,\"added\":10");
    }

    private static void WithoutWorker(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(JobWorker)));

    private async Task<Guid> UploadAsync(string header, int lines, Func<int, string> line, string query = "")
    {
        using var response = await _tenant.UploadAsync(Uploads.Csv(header + string.Join('\n', Enumerable.Range(0, lines).Select(line))), query);
        return await response.IdAsync();
    }

    /// <returns>Whether the attempt came to its end.</returns>
    private static Task<bool> TryRunAsync(TestTenant tenant, Guid import, CancellationToken cut = default) => tenant.InScopeAsync(async services =>
    {
        try
        {
            await services.GetServices<IJobHandler>().Single(handler => handler.Kind == "import").RunAsync(import, cut);
            return true;
        }
        catch (Exception killed) when (killed is NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    });

    private async Task ShouldBeWholeAsync(int quantity, decimal revenue)
    {
        (await _tenant.AskAsync<decimal>("SELECT coalesce(sum(quantity), 0) FROM sales.line")).ShouldBe(quantity);
        (await _tenant.AskAsync<decimal>("SELECT coalesce(sum(quantity * unit_price - discount), 0) FROM sales.line")).ShouldBe(revenue);
        (await _tenant.AskAsync<decimal>("SELECT coalesce(sum(revenue), 0) / 10000 FROM sales.day_category WHERE category_no = 0")).ShouldBe(revenue);
        await _tenant.CellsShouldBeExactAsync();
    }
}
