using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Npgsql;

namespace EPM.Platform.Jobs;

/// <summary>Work of one kind, done outside a request in the tenant's own scope. Must be safe to start again at any point.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>Attempts after which a job that fails is left; between the later ones lies a minute.</summary>
    int MostAttempts => 20;

    Task RunAsync(Guid subject, CancellationToken ct);
}

/// <summary>A job a worker holds.</summary>
/// <param name="Attempts">With the worker's name it names this holding of the job: it is raised whenever somebody takes it.</param>
public sealed record Job(Guid Id, Guid Tenant, string Slug, string Kind, Guid Subject, string Worker, int Attempts);

/// <summary>
/// Durable queue in Postgres. A lease, told by the database's clock, says who works on what; it ends early where its worker is known to
/// have ended (<see cref="WorkerLife"/>). That no two write for one job does not rest on either: see <see cref="HeldJob"/>.
/// </summary>
public sealed class JobQueue(Database database, Ids ids)
{
    /// <summary>How long a job is its worker's without a word from it; the statements below say the same.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly Waking _waking = new();

    /// <summary>Queues work inside the session's transaction; call <see cref="Signal"/> once that has committed.</summary>
    public async Task EnqueueAsync(TenantSession session, TenantInfo tenant, string kind, Guid subject, CancellationToken ct)
    {
        await using var insert = session.Command("INSERT INTO platform.job (job_id, tenant, slug, kind, subject) VALUES ($1, $2, $3, $4, $5)");
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = ids.Next() }, new NpgsqlParameter<Guid> { TypedValue = tenant.Id },
            new NpgsqlParameter<string> { TypedValue = tenant.Slug }, new NpgsqlParameter<string> { TypedValue = kind },
            new NpgsqlParameter<Guid> { TypedValue = subject },
        });
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Wakes this host's workers.</summary>
    public void Signal() => _waking.Signal();

    internal Task SleepAsync(TimeProvider time, CancellationToken stopping) => _waking.SleepAsync(time, stopping);

    /// <summary>
    /// Takes the oldest job of a tenant that has none of its kind running or paused: one tenant's queue never fills the workers, and
    /// mail that cannot leave holds up no import. Whoever still writes for a job keeps its row from being taken.
    /// </summary>
    internal async Task<Job?> ClaimAsync(string worker, CancellationToken ct)
    {
        await using var claim = database.Loops.CreateCommand($"""
            UPDATE platform.job SET worker = $1, leased_until = clock_timestamp() + interval '15 seconds', attempts = attempts + 1
            WHERE job_id = (
              SELECT job_id FROM platform.job waiting
              WHERE NOT failed AND (leased_until IS NULL OR leased_until < clock_timestamp() OR {WorkerLife.IsGone("waiting.worker", "$1")})
                AND NOT EXISTS (SELECT 1 FROM platform.job running WHERE running.tenant = waiting.tenant AND running.kind = waiting.kind
                                AND running.job_id <> waiting.job_id AND running.leased_until >= clock_timestamp())
              ORDER BY queued_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING job_id, tenant, slug, kind, subject, attempts
            """);
        claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = worker });
        await using var reader = await claim.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Job(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetGuid(4), worker, reader.GetInt32(5))
            : null;
    }

    /// <returns>False when the lease was lost to another worker.</returns>
    internal Task<bool> RenewAsync(Job job, CancellationToken ct) =>
        TouchAsync("UPDATE platform.job SET leased_until = clock_timestamp() + interval '15 seconds' WHERE job_id = $1 AND worker = $2 AND attempts = $3", job, ct);

    internal Task<bool> FinishAsync(Job job, CancellationToken ct) =>
        TouchAsync("DELETE FROM platform.job WHERE job_id = $1 AND worker = $2 AND attempts = $3", job, ct);

    /// <summary>Gives the job back, to be taken again after a pause that grows, or never once it has failed too often.</summary>
    internal Task<bool> ReleaseAsync(Job job, TimeSpan pause, bool forever, CancellationToken ct) =>
        TouchAsync(FormattableString.Invariant($"""
            UPDATE platform.job SET worker = NULL, failed = {(forever ? "true" : "false")},
              leased_until = clock_timestamp() + interval '{pause.TotalSeconds:0.###} seconds' WHERE job_id = $1 AND worker = $2 AND attempts = $3
            """), job, ct);

    private async Task<bool> TouchAsync(string sql, Job job, CancellationToken ct)
    {
        await using var command = database.Loops.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = job.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job.Worker });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = job.Attempts });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
