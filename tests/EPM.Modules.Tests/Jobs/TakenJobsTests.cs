using System.Net;
using System.Text;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EPM.Modules.Tests.Jobs;

/// <summary>A job goes on at once where its worker has died, and no two workers ever write for it.</summary>
public sealed class TakenJobsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_job_of_a_host_that_was_killed_goes_on_elsewhere_however_long_its_lease_still_runs()
    {
        var start = new HostStart(await TestDatabases.CopyAsync());
        await using var admin = NpgsqlDataSource.Create(start.Connection);
        await using var first = await HostProcess.StartAsync(start);
        var chain = await first.SignUpAsync("reprise");
        // Whoever takes the job up waits in its middle.
        await using var barrier = await admin.OpenConnectionAsync();
        await using var closed = await barrier.BeginTransactionAsync();
        await ExecuteAsync(barrier, "LOCK TABLE stores.store IN SHARE MODE");
        using (var client = first.Client("reprise", chain.Token))
        {
            using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("code,name,region,region_name,country,currency,surface,opened_on,time_zone\nS1,Plateau,R1,Nord,SN,XOF,120,2020-01-01,Africa/Dakar\n")) { Headers = { { "Content-Type", "text/csv" } } };
            using var sent = await client.PostAsync("api/v1/imports?kind=stores", file);
            sent.StatusCode.ShouldBe(HttpStatusCode.Accepted, await sent.Content.ReadAsStringAsync());
        }
        var dead = await UntilAsync(admin, "SELECT worker FROM platform.job WHERE worker IS NOT NULL", worker => worker is string);
        await using var second = await HostProcess.StartAsync(start);
        first.Kill();
        await first.ExitAsync();
        await using (var lease = admin.CreateCommand("UPDATE platform.job SET leased_until = clock_timestamp() + interval '1 day' WHERE worker = $1"))
        {
            lease.Parameters.AddWithValue(dead!);
            await lease.ExecuteNonQueryAsync();
        }
        await UntilAsync(admin, "SELECT worker FROM platform.job", worker => worker is string taken && taken != (string)dead!);
        await closed.RollbackAsync();
        (await UntilAsync(admin, "SELECT state FROM sales.import", state => state is "completed" or "failed")).ShouldBe("completed");
        (await AskAsync(admin, "SELECT count(*) FROM stores.store")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_worker_that_lives_keeps_its_job_and_one_that_lost_it_writes_nothing_more()
    {
        var host = await EpmHost.StartAsync(services: services => services.Remove(services.Single(service => service.ImplementationType == typeof(JobWorker))));
        var tenant = await host.NewTenantAsync();
        var queue = host.Services.GetRequiredService<JobQueue>();
        await tenant.InTransactionAsync(async (session, _) =>
        {
            await queue.EnqueueAsync(session, tenant.Info, "test", Guid.CreateVersion7(), CancellationToken.None);
            return 0;
        });
        using var over = new CancellationTokenSource();
        var (one, other) = (Life(host), Life(host));
        var living = Task.WhenAll(one.RunAsync(over.Token), other.RunAsync(over.Token));
        await Task.WhenAll(one.ShownAsync(CancellationToken.None), other.ShownAsync(CancellationToken.None)).WaitAsync(Patience);

        var job = (await queue.ClaimAsync(one.Name, CancellationToken.None))!;
        (await queue.ClaimAsync(other.Name, CancellationToken.None)).ShouldBeNull("its worker lives");
        await host.AsAdminAsync("UPDATE platform.job SET leased_until = clock_timestamp()");
        var taken = await tenant.InScopeAsync(async services =>
        {
            var (session, held) = (services.GetRequiredService<TenantSession>(), services.GetRequiredService<HeldJob>());
            held.Set(job);
            session.Guard = held;
            await session.BeginAsync(readOnly: false, CancellationToken.None);
            (await queue.RenewAsync(job, CancellationToken.None)).ShouldBeTrue("its own renewal passes what it writes");
            await host.AsAdminAsync("UPDATE platform.job SET leased_until = clock_timestamp()");
            (await queue.ClaimAsync(other.Name, CancellationToken.None)).ShouldBeNull("it is writing for it");
            await session.CommitAsync(CancellationToken.None);
            var next = (await queue.ClaimAsync(other.Name, CancellationToken.None)).ShouldNotBeNull();
            await Should.ThrowAsync<JobTakenException>(session.BeginAsync(readOnly: false, CancellationToken.None));
            return next;
        });
        (await queue.RenewAsync(job, CancellationToken.None)).ShouldBeFalse();
        (await queue.FinishAsync(job, CancellationToken.None)).ShouldBeFalse();
        (await queue.FinishAsync(taken, CancellationToken.None)).ShouldBeTrue();
        await over.CancelAsync();
        await living;
    }

    private static WorkerLife Life(EpmHost host) =>
        new(host.Services.GetRequiredService<Database>(), host.Services.GetRequiredService<Ids>(), TimeProvider.System, NullLogger.Instance);

    private static async Task<object?> UntilAsync(NpgsqlDataSource admin, string sql, Func<object?, bool> fits)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var found = await AskAsync(admin, sql);
            if (fits(found))
                return found;
            await Task.Delay(20, late.Token);
        }
    }

    private static async Task<object?> AskAsync(NpgsqlDataSource admin, string sql)
    {
        await using var ask = admin.CreateCommand(sql);
        return await ask.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
