using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Rollups;

/// <summary>One rollup table with three integer or date keys: how its cells are copied in or added to.</summary>
/// <param name="DayColumn">Which key is a date, told as a day number.</param>
internal sealed record CellTable<TCell>(string Table, string[] Keys, int DayColumn, Func<TCell, int[]> KeysOf)
    where TCell : notnull, IComparable<TCell>
{
    private static readonly string[] Columns = ["tickets", "lines", "units", "revenue", "net", "discount", "cost", "costed_net"];

    public async Task WriteAsync(TenantSession session, Dictionary<TCell, Measures> cells, Func<TCell, bool> isKnown, CancellationToken ct)
    {
        // One order for every writer: rows are locked in it, and new ones land side by side in the index.
        var sorted = cells.Keys.ToArray();
        Array.Sort(sorted);
        var added = sorted.Where(cell => !isKnown(cell)).ToArray();
        if (added.Length > 0)
            await CopyAsync(session, added, cells, ct);
        if (added.Length < sorted.Length)
            await AddAsync(session, added.Length == 0 ? sorted : [.. sorted.Where(isKnown)], cells, ct);
    }

    private async Task CopyAsync(TenantSession session, TCell[] rows, Dictionary<TCell, Measures> cells, CancellationToken ct)
    {
        var sql = $"COPY {Table} (tenant_id, {string.Join(", ", Keys)}, {string.Join(", ", Columns)}) FROM STDIN (FORMAT BINARY)";
        await using var copy = await CopyWriter.BeginAsync(session.Connection, sql, ct);
        foreach (var row in rows)
        {
            await copy.RowAsync((short)(1 + Keys.Length + Columns.Length), ct);
            copy.Uuid(session.TenantId);
            var keys = KeysOf(row);
            for (var i = 0; i < keys.Length; i++)
            {
                if (i == DayColumn)
                    copy.Date(keys[i]);
                else
                    copy.Int32(keys[i]);
            }
            foreach (var value in Values(cells[row]))
                copy.Int64(value);
        }
        await copy.CompleteAsync(ct);
    }

    private async Task AddAsync(TenantSession session, TCell[] rows, Dictionary<TCell, Measures> cells, CancellationToken ct)
    {
        var keys = string.Join(", ", Keys);
        var types = Keys.Select((_, i) => $"${i + 2}::{(i == DayColumn ? "date" : "int")}[]").Concat(Columns.Select((_, i) => $"${i + 2 + Keys.Length}::bigint[]"));
        await using var upsert = session.Command($"""
            INSERT INTO {Table} AS r (tenant_id, {keys}, {string.Join(", ", Columns)})
            SELECT $1, delta.* FROM unnest({string.Join(", ", types)}) AS delta
            ON CONFLICT (tenant_id, {keys}) DO UPDATE SET {string.Join(", ", Columns.Select(c => $"{c} = r.{c} + excluded.{c}"))}
            """);
        upsert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        var keyed = rows.Select(KeysOf).ToArray();
        for (var i = 0; i < Keys.Length; i++)
        {
            var key = i;
            if (i == DayColumn)
                upsert.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. keyed.Select(k => DateOnly.FromDayNumber(k[key]))] });
            else
                upsert.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. keyed.Select(k => k[key])] });
        }
        var values = rows.Select(row => Values(cells[row])).ToArray();
        for (var i = 0; i < Columns.Length; i++)
        {
            var column = i;
            upsert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. values.Select(v => v[column])] });
        }
        await upsert.ExecuteNonQueryAsync(ct);
    }

    private static long[] Values(in Measures m) => [m.Tickets, m.Lines, m.Units, m.Revenue, m.Net, m.Discount, m.Cost, m.CostedNet];
}
