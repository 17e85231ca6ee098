using EPM.Platform.Persistence;

namespace EPM.Sales.Rollups;

/// <summary>One rollup table with three integer or date keys: how its cells are put in or added to.</summary>
/// <param name="EncodeKeys">Writes the keys of a cell, in the order of <paramref name="Keys"/>.</param>
internal sealed record CellTable<TCell>(string Table, string[] Keys, Action<CopyWriter, TCell> EncodeKeys)
    where TCell : notnull, IComparable<TCell>
{
    private static readonly string[] Columns = ["tickets", "lines", "units", "revenue", "net", "discount", "cost", "costed_net"];

    public async Task WriteAsync(TenantSession session, Dictionary<TCell, Measures> cells, Func<TCell, bool> isKnown, CancellationToken ct)
    {
        if (cells.Count == 0)
            return;
        // One order for every writer: rows are locked in it, and new ones land side by side in the index.
        var sorted = cells.Keys.ToArray();
        Array.Sort(sorted);
        var added = sorted.Where(cell => !isKnown(cell)).ToArray();
        await InsertAsync(session, added, cells, "", ct);
        await InsertAsync(session, added.Length == 0 ? sorted : [.. sorted.Where(isKnown)], cells,
            $"ON CONFLICT (tenant_id, {string.Join(", ", Keys)}) DO UPDATE SET {string.Join(", ", Columns.Select(c => $"{c} = r.{c} + excluded.{c}"))}", ct);
    }

    private Task InsertAsync(TenantSession session, TCell[] rows, Dictionary<TCell, Measures> cells, string onConflict, CancellationToken ct) =>
        StagedInsert.RunAsync(session, Table, ["tenant_id", .. Keys, .. Columns], rows.Length, (copy, row) =>
        {
            copy.Uuid(session.TenantId);
            EncodeKeys(copy, rows[row]);
            var m = cells[rows[row]];
            copy.Int64(m.Tickets);
            copy.Int64(m.Lines);
            copy.Int64(m.Units);
            copy.Int64(m.Revenue);
            copy.Int64(m.Net);
            copy.Int64(m.Discount);
            copy.Int64(m.Cost);
            copy.Int64(m.CostedNet);
        }, ct, onConflict);
}
