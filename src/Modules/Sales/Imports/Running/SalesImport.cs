using System.Diagnostics;
using System.Threading.Channels;
using EPM.Platform.Persistence;
using EPM.Platform.Telemetry;
using EPM.Sales.Catalogue;
using EPM.Sales.Imports.Applying;
using EPM.Sales.Imports.Reading;
using EPM.Sales.Rollups;
using EPM.Stores.Contracts;

namespace EPM.Sales.Imports.Running;

/// <summary>Runs the bulk path of sale lines: one side reads and parses, the other applies, a few batches apart.</summary>
internal sealed class SalesImport(Database database, IStoreDirectory stores, IStoreOpening opening, CatalogueImports catalogue) : IImportRun
{
    private const int BatchesAhead = 1;

    public async Task RunAsync(ImportRecord import, IImportTransactions transactions, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var (storeCodes, productCodes) = (new FileCodes(), new FileCodes());
        await using var file = new StoredFile(database, transactions.TenantId, import.Id);
        var batches = Channel.CreateBounded<(LineBatch Batch, long Bytes)>(BatchesAhead);
        var reading = Task.Run(() => ReadAsync(import, file, storeCodes, productCodes, batches.Writer, stop.Token), stop.Token);
        try
        {
            var codes = new CodeResolution(import.Layout, import.Scope, stores, opening, catalogue, storeCodes, productCodes);
            var application = new BatchApplication(codes, import.Number, import.DryRun);
            await foreach (var (batch, bytes) in batches.Reader.ReadAllAsync(ct))
            {
                var began = Stopwatch.GetTimestamp();
                ImportStep? step = null;
                await transactions.StepAsync(async session =>
                {
                    var (outcome, delta) = await application.ApplyAsync(session, batch, ct);
                    if (outcome.Added.Count + outcome.Updated.Count > 0)
                        session.FiguresChange();
                    return step = StepOf(batch, outcome, delta, bytes);
                }, ct);
                Count(step, began);
            }
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static async Task ReadAsync(
        ImportRecord import, StoredFile file, FileCodes stores, FileCodes products, ChannelWriter<(LineBatch Batch, long Bytes)> batches, CancellationToken ct)
    {
        try
        {
            using var text = new StreamReader(file, TextEncodings.Of(import.Layout.Encoding), detectEncodingFromByteOrderMarks: true, 1 << 16);
            var reader = new SalesFileReader(text, import.Layout, stores, products);
            while (reader.NextBatch(import.LastLine) is { } batch)
                await batches.WriteAsync((batch, file.Position), ct);
            batches.Complete();
        }
        catch (Exception failure)
        {
            // Told to the applying side, which waits for the next batch.
            batches.Complete(failure);
        }
    }

    private static void Count(ImportStep? step, long began)
    {
        EpmMeters.BatchDuration.Record(EpmMeters.Since(began));
        if (step is null)
            return;
        EpmMeters.ImportLines.Add(step.Added, EpmMeters.Tag("outcome", "added"));
        EpmMeters.ImportLines.Add(step.Updated, EpmMeters.Tag("outcome", "updated"));
        EpmMeters.ImportLines.Add(step.Unchanged, EpmMeters.Tag("outcome", "unchanged"));
        EpmMeters.ImportLines.Add(step.Rejected.Count, EpmMeters.Tag("outcome", "rejected"));
    }

    private static ImportStep StepOf(LineBatch batch, BatchOutcome outcome, RollupDelta delta, long bytes)
    {
        var step = new ImportStep
        {
            LastLine = batch.LastLine,
            Read = batch.Read,
            Added = outcome.Added.Count,
            Updated = outcome.Updated.Count,
            Unchanged = outcome.Unchanged,
            DoneBytes = bytes,
        };
        step.Rejected.AddRange(outcome.Rejected);
        foreach (var ((category, store, day), measures) in delta.ByCategory)
        {
            if (category == RollupDelta.WholeStore)
                step.Touch(store, DateOnly.FromDayNumber(day), measures.Revenue);
        }
        return step;
    }
}
