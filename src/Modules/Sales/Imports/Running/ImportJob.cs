using System.Diagnostics;
using EPM.Platform.Audit;
using EPM.Platform.Caching;
using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Telemetry;
using EPM.Platform.Tenancy;
using EPM.Sales.Catalogue;
using EPM.Stores.Contracts;

namespace EPM.Sales.Imports.Running;

/// <summary>Runs a queued import to its end; started again after a crash it goes on behind the last committed line.</summary>
internal sealed class ImportJob(
    Database database, CurrentTenant tenant, CurrentCaller caller, DataVersions versions, TimeProvider time, ImportKinds kinds,
    IStoreDirectory stores, IStoreOpening opening, CatalogueImports catalogue, AuditTrail audit, HeldJob held) : IJobHandler
{
    public const string JobKind = "import";

    public string Kind => JobKind;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        var import = await StartAsync(subject, ct);
        if (import is null)
            return;
        // What the person who sent the file may not see, their file may not change either.
        caller.Set(new Caller(Guid.Empty, Guid.Empty, "import", "", Roles.Integrator, tenant.Info.Language, import.Scope));
        IImportRun run = import.Kind == ImportKinds.Sales
            ? new SalesImport(database, stores, opening, catalogue)
            : new SmallImport(database, kinds.Small(import.Kind));
        var (began, state) = (Stopwatch.GetTimestamp(), ImportStates.Failed);
        try
        {
            if (import.Atomic || import.DryRun)
            {
                await using var whole = new SingleTransaction(Session, import, audit, time, tenant.Id);
                await run.RunAsync(import, whole, ct);
                await whole.CompleteAsync(ct);
            }
            else
            {
                var stepwise = new StepwiseTransactions(Session, import, audit, time, tenant.Id);
                await run.RunAsync(import, stepwise, ct);
                await stepwise.CompleteAsync(ct);
            }
            state = ImportStates.Completed;
        }
        catch (ImportCancelledException)
        {
            state = ImportStates.Cancelled;
            await EndAsync(subject, state, "import_cancelled", ct);
        }
        catch (InvalidDataException)
        {
            await EndAsync(subject, ImportStates.Failed, "import_unreadable", ct);
        }
        finally
        {
            EpmMeters.ImportDuration.Record(EpmMeters.Since(began), EpmMeters.Tag("kind", import.Kind), EpmMeters.Tag("state", state));
        }
    }

    private TenantSession Session() => new(database, tenant, versions) { Guard = held };

    private async Task<ImportRecord?> StartAsync(Guid id, CancellationToken ct)
    {
        await using var session = Session();
        await session.BeginAsync(readOnly: false, ct);
        var import = await ImportLog.LoadAsync(session, id, ct);
        if (import is null || ImportStates.IsFinal(import.State))
            return null;
        await ImportLog.StartAsync(session, id, fromZero: import.Atomic || import.DryRun, time.GetUtcNow(), ct);
        await session.CommitAsync(ct);
        return import;
    }

    private async Task EndAsync(Guid id, string state, string failure, CancellationToken ct)
    {
        await using var session = Session();
        await session.BeginAsync(readOnly: false, ct);
        await ImportLog.EndAsync(session, audit, id, state, failure, time.GetUtcNow(), ct);
        await session.CommitAsync(ct);
    }
}
