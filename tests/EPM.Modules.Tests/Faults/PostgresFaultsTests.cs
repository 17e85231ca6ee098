using System.Net;
using EPM.TestKit;

namespace EPM.Modules.Tests.Faults;

/// <summary>What users see while the database is restarted, hangs or cannot be reached, and that nothing acknowledged is lost.</summary>
public sealed class PostgresFaultsTests(FaultSite site) : IClassFixture<FaultSite>
{
    // The driver by itself lets go of a hung server after 21 s.
    private static readonly TimeSpan SoonerThanTheDriver = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(Shutdown.Fast)]
    [InlineData(Shutdown.Immediate)]
    [InlineData(Shutdown.Killed)]
    public async Task A_restart_loses_and_doubles_nothing_that_was_acknowledged(Shutdown how)
    {
        await using var ledger = new Ledger(site);
        ledger.Start();
        await ledger.ProgressAsync(writes: 10);
        await site.Server.RestartAsync(how);
        await ledger.ProgressAsync(writes: 10);
        await ledger.StopAsync();
        ledger.Wrong.ShouldBeEmpty();
        var stored = await site.AskAsync<string[]>("SELECT array_agg(region_code) FROM stores.region");
        ledger.Acknowledged.Except(stored, StringComparer.Ordinal).ShouldBeEmpty();
        stored.Length.ShouldBe(stored.Distinct(StringComparer.Ordinal).Count());
        site.Host.HasExited.ShouldBeFalse();
        await NothingIsLeftOpenAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_database_hangs_every_request_is_answered_and_afterwards_all_is_well(bool blackHole)
    {
        await site.UntilServedAsync();
        var code = site.NewCode();
        await (blackHole ? Task.Run(site.Proxy.BlackHole) : site.Server.FreezeAsync());
        try
        {
            using var client = site.Client(SoonerThanTheDriver);
            var asked = Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? FaultSite.AddRegionAsync(client, i == 0 ? code : site.NewCode()) : client.GetAsync("api/v1/users"));
            // Awaited before the end of the hang: what waits for the database to come back would wait for ever.
            foreach (var answer in await Task.WhenAll(asked))
            {
                using (answer)
                {
                    await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "busy");
                    answer.Headers.RetryAfter.ShouldNotBeNull();
                }
            }
            (await site.Host.StatusAsync("/health/ready", TimeSpan.FromSeconds(30))).ShouldBe(503);
            (await site.Host.StatusAsync("/health/live")).ShouldBe(200);
        }
        finally
        {
            site.Proxy.Pass();
            await site.Server.ThawAsync();
        }
        await site.UntilServedAsync();
        (await site.AskAsync<long>($"SELECT count(*) FROM stores.region WHERE region_code = '{code}'")).ShouldBe(0);
        using var later = site.Client();
        using var added = await FaultSite.AddRegionAsync(later, code);
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        await NothingIsLeftOpenAsync();
    }

    [Fact]
    public async Task While_the_database_is_slow_every_cell_of_the_table_works()
    {
        await site.UntilServedAsync();
        site.Proxy.Delay(TimeSpan.FromMilliseconds(20));
        try
        {
            (await site.Cells.VisitAsync()).Where(cell => cell.Value is not EveryCell.Works and not EveryCell.Busy).ShouldBeEmpty();
        }
        finally
        {
            site.Proxy.Pass();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_database_every_cell_of_the_table_says_so_and_works_again_afterwards(bool hung)
    {
        await site.UntilServedAsync();
        if (hung)
        {
            site.Proxy.BlackHole();
        }
        else
        {
            site.Proxy.Refuse();
            site.Proxy.ResetAll();
        }
        try
        {
            (await site.Cells.VisitAsync()).ShouldAllBe(cell => cell.Value == EveryCell.Busy);
        }
        finally
        {
            site.Proxy.Pass();
        }
        await site.UntilServedAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var told = await site.Cells.VisitAsync();
        // On a busy machine a password may still take longer than callers are kept waiting here.
        while (told.Values.Contains(EveryCell.Busy, StringComparer.Ordinal) && !patience.IsCancellationRequested)
            told = await site.Cells.VisitAsync();
        told.ShouldAllBe(cell => cell.Value == EveryCell.Works);
    }

    [Fact]
    public async Task Connections_whose_server_has_gone_without_a_word_are_found_out()
    {
        await site.UntilServedAsync();
        site.Proxy.HalfOpenAll();
        using var client = site.Client();
        using var first = await client.GetAsync("api/v1/users");
        first.StatusCode.ShouldBeOneOf(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await site.UntilServedAsync();
    }

    [Fact]
    public async Task A_lost_answer_to_a_commit_is_told_as_what_it_is()
    {
        await site.UntilServedAsync();
        using var client = site.Client();
        var code = await LoseACommitAsync(client);
        (await site.AskAsync<long>($"SELECT count(*) FROM stores.region WHERE region_code = '{code}'")).ShouldBe(1);
        using var again = await FaultSite.AddRegionAsync(client, code);
        again.StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.Conflict);
        (await site.AskAsync<long>($"SELECT count(*) FROM stores.region WHERE region_code = '{code}'")).ShouldBe(1);
    }

    // Reads before the change, and the host's loops, commit too; theirs may be the one that is cut.
    private async Task<string> LoseACommitAsync(HttpClient client)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var code = site.NewCode();
            site.Proxy.Arm(Cut.OnText("COMMIT", CutPoint.Answered, nth: 1 + (tries % 3)));
            using var answer = await FaultSite.AddRegionAsync(client, code);
            if (answer.StatusCode == HttpStatusCode.Created)
                continue;
            await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "outcome_unknown");
            return code;
        }
        throw new InvalidOperationException("No commit of ours was cut.");
    }

    private async Task NothingIsLeftOpenAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await site.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE usename = 'epm_app' AND state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '2 seconds'") > 0)
            await Task.Delay(50, limit.Token);
    }
}
