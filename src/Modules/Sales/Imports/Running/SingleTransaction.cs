using EPM.Platform.Audit;
using EPM.Platform.Persistence;

namespace EPM.Sales.Imports.Running;

/// <summary>
/// Atomic mode and dry runs: all steps share one transaction, kept only if no line was rejected, and never for a dry run.
/// Counters and errors are told through sessions of their own, so that they are seen meanwhile and survive the roll-back.
/// </summary>
internal sealed class SingleTransaction(Func<TenantSession> sessions, ImportRecord import, AuditTrail audit, TimeProvider time, Guid tenant) : IImportTransactions, IAsyncDisposable
{
    private TenantSession? _main;
    private bool _rejected;

    public Guid TenantId => tenant;

    public async Task StepAsync(Func<TenantSession, Task<ImportStep>> step, CancellationToken ct)
    {
        _main ??= await BeginAsync(ct);
        var done = await step(_main);
        _rejected |= done.Rejected.Count > 0;
        await using var side = await BeginAsync(ct);
        if (await ImportLog.IsCancelledAsync(side, import.Id, ct))
            throw new ImportCancelledException();
        await ImportLog.ProgressAsync(side, import.Id, done, expectedLine: null, ct);
        await side.CommitAsync(ct);
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        var refused = _rejected && !import.DryRun;
        if (_main is not null && (refused || import.DryRun))
        {
            await _main.RollbackAsync();
            _main = null;
        }
        // Kept lines and the end of the import are one commit; otherwise there is nothing to keep but the telling.
        _main ??= await BeginAsync(ct);
        await ImportLog.EndAsync(_main, audit, import.Id, refused ? ImportStates.Failed : ImportStates.Completed, refused ? "import_refused_whole" : null, time.GetUtcNow(), ct);
        await _main.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_main is not null)
            await _main.DisposeAsync();
    }

    private async Task<TenantSession> BeginAsync(CancellationToken ct)
    {
        var session = sessions();
        await ImportSessions.BeginAsync(session, ct);
        return session;
    }
}
