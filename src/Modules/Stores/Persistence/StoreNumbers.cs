using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Stores.Persistence;

/// <summary>Gives out a tenant's store numbers. Holders of the lock come one after the other until their transaction ends.</summary>
internal static class StoreNumbers
{
    /// <returns>The first free number; the ones after it are free too.</returns>
    public static async Task<int> TakeAsync(TenantSession session, CancellationToken ct)
    {
        await using var take = session.Command("SELECT pg_advisory_xact_lock(hashtextextended('stores.store:' || $1, 0))");
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = session.TenantId.ToString() });
        await take.ExecuteNonQueryAsync(ct);
        // A statement of its own: one begun before the lock was held would not see what the last holder committed.
        await using var next = session.Command("SELECT coalesce(max(store_no), 0) + 1 FROM stores.store");
        return (int)(await next.ExecuteScalarAsync(ct))!;
    }
}
