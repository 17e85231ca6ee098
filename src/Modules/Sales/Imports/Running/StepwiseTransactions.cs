using EPM.Platform.Audit;
using EPM.Platform.Persistence;

namespace EPM.Sales.Imports.Running;

/// <summary>Partial mode: each step is a transaction with its own progress, so a killed host loses at most the step under way.</summary>
internal sealed class StepwiseTransactions(Func<TenantSession> sessions, ImportRecord import, AuditTrail audit, TimeProvider time, Guid tenant) : IImportTransactions
{
    private long _lastLine = import.LastLine;

    public Guid TenantId => tenant;

    public async Task StepAsync(Func<TenantSession, Task<ImportStep>> step, CancellationToken ct)
    {
        await using var session = sessions();
        await ImportSessions.BeginAsync(session, ct);
        if (await ImportLog.IsCancelledAsync(session, import.Id, ct))
            throw new ImportCancelledException();
        var done = await step(session);
        await ImportLog.ProgressAsync(session, import.Id, done, _lastLine, ct);
        await session.CommitAsync(ct);
        _lastLine = done.LastLine;
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        await using var session = sessions();
        await ImportSessions.BeginAsync(session, ct);
        await ImportLog.EndAsync(session, audit, import.Id, ImportStates.Completed, failure: null, time.GetUtcNow(), ct);
        await session.CommitAsync(ct);
    }
}

/// <summary>Someone asked for the import to stop; what was committed stays, and is told.</summary>
internal sealed class ImportCancelledException : Exception;

internal static class ImportSessions
{
    private const int Patience = 600;

    /// <summary>Begins a transaction that may take its time, and in which a few thousand tickets are looked up by their key.</summary>
    public static async Task BeginAsync(TenantSession session, CancellationToken ct)
    {
        session.Patience = Patience;
        await session.BeginAsync(readOnly: false, ct);
        // Lines are found by their key at every size; the planner knows nothing yet of a tenant's first ones.
        await using var patience = session.Command("""
            SELECT set_config('statement_timeout', '600s', true), set_config('lock_timeout', '60s', true),
              set_config('idle_in_transaction_session_timeout', '600s', true),
              set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_material', 'off', true),
              set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('work_mem', '64MB', true)
            """);
        await patience.ExecuteNonQueryAsync(ct);
    }
}
