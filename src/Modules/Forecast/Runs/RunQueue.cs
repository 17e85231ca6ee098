using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Npgsql;

namespace EPM.Forecast.Runs;

/// <summary>Queues runs in the session's transaction.</summary>
internal sealed class RunQueue(TenantSession session, CurrentTenant tenant, JobQueue jobs, Ids ids, TimeProvider time)
{
    /// <returns>The new run.</returns>
    public async Task<Guid> QueueAsync(string kind, bool nightly, string[]? skus, string[]? stores, string? by, CancellationToken ct)
    {
        var id = ids.Next();
        await RunLog.InsertAsync(session, id, kind, nightly, skus, stores, by, time.GetUtcNow(), ct);
        await jobs.EnqueueAsync(session, tenant.Info, RunJob.JobKind, id, ct);
        return id;
    }

    /// <summary>Hosts that look at the same time wait for each other here, and the later ones find what the first did.</summary>
    /// <returns>Whether a run was queued.</returns>
    public async Task<bool> QueueNightlyAsync(string kind, CancellationToken ct)
    {
        await using (var turn = session.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 5))"))
        {
            turn.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.Id.ToString() });
            await turn.ExecuteNonQueryAsync(ct);
        }
        await using (var ask = session.Command("SELECT EXISTS (SELECT FROM forecast.run WHERE tenant_id = $1 AND nightly AND created_at > $2)"))
        {
            ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
            ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow().AddMinutes(-30) });
            if (await ask.ExecuteScalarAsync(ct) is true)
                return false;
        }
        await QueueAsync(kind, nightly: true, skus: null, stores: null, by: null, ct);
        return true;
    }
}
