using EPM.Platform.Http;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// Where whoever writes to a tenant goes in. Writers share a lock until their transactions end; whoever restores or deletes the tenant as
/// a whole takes it alone. Nobody waits for that at the door: a request is told to come again, and a job is taken up again later.
/// </summary>
internal static class TenantDoor
{
    /// <summary>Takes the lock of a tenant (parameter 1, text) alone, once nobody writes to it any more.</summary>
    public const string TakeAlone = "SELECT pg_advisory_xact_lock(hashtextextended($1, 3))";

    private const string Share = "SELECT set_config('app.tenant', $1, true), pg_try_advisory_xact_lock_shared(hashtextextended($1, 3))";

    // A statement of its own, behind the lock: it sees what was committed by whoever had the lock alone.
    private const string IsDeleted = "SELECT EXISTS (SELECT FROM platform.deleted_tenant WHERE tenant = $1 AND restored_at IS NULL)";

    // Copying a chain may take many minutes; waiting for its writers to finish what they are at, one.
    private const string TakeTime = """
        SELECT set_config('app.tenant', $1, true), set_config('lock_timeout', '60s', true),
          set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '10min', true)
        """;

    /// <exception cref="TenantClosed">The tenant is being restored or deleted.</exception>
    /// <exception cref="Busy">It is to be taken alone, and others go on writing to it.</exception>
    /// <exception cref="NotFound">It was deleted.</exception>
    public static async Task<bool> EnterAsync(TenantSession session, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        if (session.Alone)
        {
            batch.BatchCommands.Add(WithName(TakeTime, session));
            batch.BatchCommands.Add(WithName(TakeAlone, session));
            batch.Timeout = 0;
            return await TakeAsync(batch, ct);
        }
        batch.BatchCommands.Add(WithName(Share, session));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(IsDeleted) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = session.TenantId } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(1))
            throw new TenantClosed();
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetBoolean(0) ? throw new NotFound("tenant_unknown") : true;
    }

    private static async Task<bool> TakeAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        try
        {
            return await batch.ExecuteNonQueryAsync(ct) < 0;
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new Busy(late);
        }
    }

    private static NpgsqlBatchCommand WithName(string sql, TenantSession session) =>
        new(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = session.TenantId.ToString() } } };
}
