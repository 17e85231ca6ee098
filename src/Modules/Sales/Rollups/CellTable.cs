using EPM.Platform.Persistence;

namespace EPM.Sales.Rollups;

/// <summary>One rollup table with three integer or date keys: how its cells are put in or added to.</summary>
/// <param name="DayColumn">Which key is a date, told as a day number.</param>
internal sealed record CellTable<TCell>(string Table, string[] Keys, int DayColumn, Func<TCell, int[]> KeysOf)
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

    private async Task InsertAsync(TenantSession session, TCell[] rows, Dictionary<TCell, Measures> cells, string onConflict, CancellationToken ct)
    {
        if (rows.Length == 0)
            return;
        var insert = new BulkInsert(session, Table);
        for (var i = 0; i < Keys.Length; i++)
        {
            var key = i;
            if (i == DayColumn)
                insert.Column(Keys[i], "date", Array.ConvertAll(rows, row => DateOnly.FromDayNumber(KeysOf(row)[key])));
            else
                insert.Column(Keys[i], "int", Array.ConvertAll(rows, row => KeysOf(row)[key]));
        }
        var values = Array.ConvertAll(rows, row => Values(cells[row]));
        for (var i = 0; i < Columns.Length; i++)
        {
            var column = i;
            insert.Column(Columns[i], "bigint", Array.ConvertAll(values, v => v[column]));
        }
        await insert.RunAsync(ct, onConflict);
    }

    private static long[] Values(in Measures m) => [m.Tickets, m.Lines, m.Units, m.Revenue, m.Net, m.Discount, m.Cost, m.CostedNet];
}
