using System.Net;
using EPM.Platform.Idempotency;
using EPM.Platform.Security;
using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Idempotency;

/// <summary>The connection to the database is lost just as a commit is sent: whether it was done is anybody's guess, but the key knows.</summary>
public sealed class UnknownCommitTests
{
    // With its end: BEGIN names READ COMMITTED.
    private const string Commit = "COMMIT\0";

    [Fact]
    public async Task A_commit_of_unknown_outcome_is_neither_lost_nor_doubled_by_the_retry_under_its_key()
    {
        var connection = await TestDatabases.CopyAsync();
        await using var proxy = FaultProxy.To(connection);
        var host = await EpmHost.StartAsync(connection: proxy.Through(connection));
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        var cuts = 0;
        for (var number = 0; number < 30; number++)
        {
            var cut = proxy.Arm(Cut.OnText(Commit, (CutPoint)(number % 3)));
            HttpResponseMessage answer;
            do
                answer = await admin.PostKeyedAsync("/api/v1/regions", new { code = $"R{number}", name = "Région" }, $"key {number}");
            while (answer.StatusCode == HttpStatusCode.ServiceUnavailable);
            (await answer.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("code").GetString().ShouldBe($"R{number}");
            answer.Dispose();
            cuts += cut.HasFired ? 1 : 0;
            proxy.Pass();
        }
        cuts.ShouldBe(30);
        (await admin.GetJsonAsync("/api/v1/regions")).GetProperty("items").GetArrayLength().ShouldBe(30);
    }

    [Fact]
    public async Task A_host_killed_between_an_effect_and_its_answer_leaves_the_answer_to_whichever_host_is_asked_next()
    {
        var connection = await TestDatabases.CopyAsync();
        await using var proxy = FaultProxy.To(connection);
        var start = new HostStart(connection) { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_SECRET"] = "secret of a test run, known to all" } };
        await using var next = await HostProcess.StartAsync(start);
        await using var killed = await HostProcess.StartAsync(start with { Connection = proxy.Through(connection) });
        var chain = (await next.SignUpAsync("tuee")).Token;
        using (var lost = killed.Client("tuee", chain))
        {
            // Who asks is looked up once, in a transaction of its own.
            await lost.GetJsonAsync("/api/v1/regions");
            var cut = proxy.Arm(Cut.OnText(Commit, CutPoint.Answered));
            var asked = lost.PostKeyedAsync("/api/v1/regions", new { code = "R1", name = "Région" }, "key");
            await cut.Fired;
            // The server acts on what the connection was cut behind; its effect is seen from elsewhere.
            await using var elsewhere = NpgsqlDataSource.Create(connection);
            await using var regions = elsewhere.CreateCommand("SELECT count(*) FROM stores.region");
            for (var answered = false; (long)(await regions.ExecuteScalarAsync())! == 0; answered = asked.IsCompleted)
                answered.ShouldBeFalse("the connection was cut behind another commit");
            killed.Kill();
            await Should.ThrowAsync<Exception>(async () => (await asked).EnsureSuccessStatusCode());
        }
        using var client = next.Client("tuee", chain);
        using var retried = await client.PostKeyedAsync("/api/v1/regions", new { code = "R1", name = "Région" }, "key");
        retried.StatusCode.ShouldBe(HttpStatusCode.Created);
        retried.Headers.Contains(IdempotencyKeys.ReplayedHeader).ShouldBeTrue();
        (await client.GetJsonAsync("/api/v1/regions")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }
}
