using EPM.Platform.Persistence;

namespace EPM.Sales.Imports.Running;

/// <summary>One way of running a kind of file.</summary>
internal interface IImportRun
{
    Task RunAsync(ImportRecord import, IImportTransactions transactions, CancellationToken ct);
}

/// <summary>How the steps of an import become one or many transactions.</summary>
internal interface IImportTransactions
{
    Guid TenantId { get; }

    /// <summary>Runs one step in a begun session.</summary>
    Task StepAsync(Func<TenantSession, Task<ImportStep>> step, CancellationToken ct);

    /// <summary>Ends the import: what became of it is written last.</summary>
    Task CompleteAsync(CancellationToken ct);
}
