using EPM.Platform.Backup;
using EPM.Platform.Http;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Redis;
using EPM.Platform.Tenancy;

namespace EPM.Platform.TenantCopies;

/// <param name="KeysForgotten">How many names the shared store had of it; null when there is none, or it was away.</param>
internal sealed record TenantDeleted(long Rows, int Tables, long? KeysForgotten);

/// <summary>
/// Removes one chain from everywhere, its trail too, which the application itself may not: so this connects as the administrator. It works
/// as the owner of the tables, whom the wall between chains binds like everybody else: no mistake here reaches another chain's rows.
/// </summary>
internal sealed class TenantDeletion(EpmSettings settings, ITenantDirectory directory, RedisStore redis, TimeProvider time)
{
    private static readonly TimeSpan SoonTold = TimeSpan.FromSeconds(1);

    /// <exception cref="Failure">Nothing was deleted, and the code says why.</exception>
    public async Task<TenantDeleted> RunAsync(string slug, string confirmed, string by, CancellationToken ct)
    {
        if (confirmed != slug)
            throw new RuleBroken("tenant_unconfirmed", ("slug", slug));
        var tenant = await directory.FindAsync(slug, ct) ?? throw new RuleBroken("tenant_none", ("slug", slug));
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        await server.ExecuteAsync($"BEGIN; SET LOCAL ROLE {Database.OwnerRole}; SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0", ct);
        await server.ExecuteAsync("SELECT set_config('app.tenant', $1, true)", ct, tenant.Id.ToString());
        await AloneAsync(server, tenant, ct);
        var tables = await TenantTables.ReadAsync(server.Connection, ct);
        await server.ExecuteAsync(Bury, ct, tenant.Id, slug, time.GetUtcNow(), by);
        var rows = 0L;
        foreach (var table in tables.Reverse())
            rows += await server.ScalarAsync<long>($"WITH gone AS (DELETE FROM {table.Name} WHERE {table.Key} = $1 RETURNING 1) SELECT count(*) FROM gone", ct, tenant.Id);
        await server.ExecuteAsync("UPDATE platform.deleted_tenant SET rows = $2 WHERE tenant = $1", ct, tenant.Id, rows);
        await server.ExecuteAsync("SELECT pg_notify($1, $2)", ct, TenantChanges.Channel, slug);
        await server.ExecuteAsync("COMMIT", ct);
        directory.Forget(slug);
        return new TenantDeleted(rows, tables.Count, await ForgetSharedAsync(tenant, ct));
    }

    // What hosts were just about to tell each other of it, they have told by the second time.
    private async Task<long?> ForgetSharedAsync(TenantInfo tenant, CancellationToken ct)
    {
        var prefix = $"t:{tenant.Id}:";
        if (await redis.ForgetAsync(prefix, ct) is not { } forgotten)
            return null;
        await Task.Delay(SoonTold, time, ct);
        return forgotten + await redis.ForgetAsync(prefix, ct);
    }

    // A chain may be deleted, restored and deleted again.
    private const string Bury = """
        INSERT INTO platform.deleted_tenant (tenant, slug, deleted_at, deleted_by, rows, data_version, trail_number, trail_hash)
        SELECT $1, $2, $3, $4, 0, coalesce((SELECT version FROM platform.data_version WHERE tenant_id = $1), 0),
          coalesce((SELECT number FROM platform.audit_head WHERE tenant_id = $1), 0), (SELECT hash FROM platform.audit_head WHERE tenant_id = $1)
        ON CONFLICT (tenant) DO UPDATE SET slug = excluded.slug, deleted_at = excluded.deleted_at, deleted_by = excluded.deleted_by,
          data_version = excluded.data_version, trail_number = excluded.trail_number, trail_hash = excluded.trail_hash, restored_at = NULL
        """;

    private static async Task AloneAsync(AdminSession server, TenantInfo tenant, CancellationToken ct)
    {
        try
        {
            await server.ExecuteAsync(TenantDoor.TakeAlone, ct, tenant.Id.ToString());
        }
        catch (Npgsql.PostgresException late) when (late.SqlState == Npgsql.PostgresErrorCodes.LockNotAvailable)
        {
            throw new Busy(late);
        }
        // Whoever deletes the same chain at the same time has been waited for.
        if (await server.ScalarAsync<long>("SELECT count(*) FROM platform.deleted_tenant WHERE tenant = $1 AND restored_at IS NULL", ct, tenant.Id) > 0)
            throw new RuleBroken("tenant_none", ("slug", tenant.Slug));
    }
}
