using EPM.Platform.Persistence;
using EPM.Sales.Rollups;

namespace EPM.Sales.Imports.Applying;

/// <summary>
/// Applies a batch inside the session's transaction: resolves codes, compares with what is stored ticket by ticket, writes the lines
/// and the rollup cells they change. The same batch again changes nothing. A dry run works everything out and writes neither.
/// </summary>
internal sealed class BatchApplication(CodeResolution codes, int importNo, bool dryRun)
{
    private readonly DryRunMemory? _memory = dryRun ? new DryRunMemory() : null;

    public async Task<(BatchOutcome Outcome, RollupDelta Delta)> ApplyAsync(TenantSession session, LineBatch batch, CancellationToken ct)
    {
        await codes.PrepareAsync(session, batch, ct);
        var outcome = new BatchOutcome(batch);
        outcome.Rejected.AddRange(batch.Rejected);
        var groups = TicketGroups.Of(Resolve(batch, outcome));
        var stored = await StoredLines.FindAsync(session, groups, codes.ClockOf, ct);
        Complete(groups, stored);
        new TicketComparison(groups, stored, importNo, _memory, outcome).Run();
        var delta = new RollupDelta(codes.CategoryPath, codes.CostOf);
        // The database takes the lines in while this side works out what they change.
        var summing = Task.Run(() => outcome.AddTo(delta), ct);
        if (!dryRun)
        {
            await LineWriter.AddAsync(session, importNo, outcome.Added, ct);
            await LineWriter.UpdateAsync(session, importNo, outcome.Updated, ct);
        }
        await summing;
        if (!dryRun)
            await RollupWriter.WriteAsync(session, delta, ct);
        return (outcome, delta);
    }

    // Keeps the lines whose store and product are known, at the front of the batch's own memory.
    private Span<SaleLine> Resolve(LineBatch batch, BatchOutcome outcome)
    {
        var lines = batch.Lines;
        var kept = 0;
        foreach (ref var line in lines)
        {
            var store = codes.Store(line.StoreIndex);
            var product = codes.Product(line.ProductIndex);
            if (store is null)
                outcome.Reject(in line, SalesColumns.Store, codes.StoreText(line.StoreIndex).Length == 0 ? "import_store_needed" : "import_store_unknown", codes.StoreText(line.StoreIndex));
            else if (product is null)
                outcome.Reject(in line, SalesColumns.Sku, "import_product_unknown", codes.ProductText(line.ProductIndex));
            else
            {
                line.StoreNo = store.StoreNo;
                line.ProductNo = product.Value.ProductNo;
                codes.ClockOf(store.StoreNo).Set(ref line);
                lines[kept++] = line;
            }
        }
        return lines[..kept];
    }

    // What the file does not tell stays as it is stored; a new line takes it from the product.
    private void Complete(TicketGroups groups, StoredLines stored)
    {
        for (var ticket = 0; ticket < groups.Tickets.Count; ticket++)
        {
            foreach (ref var line in groups.LinesOf(ticket))
            {
                if (line.TaxBasisPoints != SaleLine.Unknown && line.UnitPrice != SaleLine.NoPrice)
                    continue;
                var known = Stored(stored.Of(ticket), line.Line);
                if (line.TaxBasisPoints == SaleLine.Unknown)
                    line.TaxBasisPoints = known?.TaxBasisPoints ?? codes.TaxOf(line.ProductNo);
                if (line.UnitPrice == SaleLine.NoPrice)
                    line.UnitPrice = known?.UnitPrice ?? codes.Prices.Of(line.ProductNo);
            }
        }
    }

    private static SaleLine? Stored(ReadOnlySpan<(SaleLine Line, int ImportNo)> lines, short number)
    {
        foreach (ref readonly var one in lines)
        {
            if (one.Line.Line == number)
                return one.Line;
        }
        return null;
    }
}
