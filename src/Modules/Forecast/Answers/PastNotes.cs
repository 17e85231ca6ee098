using EPM.Forecast.Accuracy;
using EPM.Forecast.Domain;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Answers;

/// <summary>What people and runs have said of a day that is past.</summary>
/// <param name="Difference">Units that corrections add to what was sold, over the stores asked for; null when nothing was corrected.</param>
/// <param name="Note">One of stock_out, outlier, corrected.</param>
/// <param name="Said">What was forecast for it a day ahead; of one store alone, since quantiles do not add up.</param>
internal sealed record PastNote(double? Difference, string? Note, Spread? Said);

/// <summary>Reads what is noted of the past days of a product.</summary>
internal sealed class PastNotes(TenantSession session, PastReader past, ISalesHistory sales)
{
    private static readonly PastNote Nothing = new(null, null, null);

    /// <returns>Notes by day; of sums over products there are none.</returns>
    public async Task<Func<DateOnly, PastNote>> ReadAsync(Asked asked, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (asked.Level != Levels.Product)
            return _ => Nothing;
        var notes = new Dictionary<DateOnly, PastNote>();
        await CorrectionsAsync(notes, asked, from, to, ct);
        if (asked.Stores is [var store])
        {
            await past.ReadAsync([OverrideScores.Lag], [asked.Product.ProductNo], from, to, row =>
            {
                var at = Array.IndexOf(row.StoreNos, store.StoreNo);
                if (at >= 0)
                    notes[row.Day] = notes.GetValueOrDefault(row.Day, Nothing) with { Said = new Spread(Rounded.Of(row.P10[at]), Rounded.Of(row.P50[at]), Rounded.Of(row.P90[at])) };
            }, ct);
        }
        return day => notes.GetValueOrDefault(day, Nothing);
    }

    private async Task CorrectionsAsync(Dictionary<DateOnly, PastNote> notes, Asked asked, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var product = asked.Product.ProductNo;
        foreach (var store in (await NotedAsync(asked, from, to, ct)).GroupBy(noted => noted.StoreNo))
        {
            var sold = await sales.ReadAsync(store.Key, [product], from, to, ct);
            foreach (var noted in store)
            {
                var known = notes.GetValueOrDefault(noted.Day, Nothing);
                var difference = noted.Corrected is { } corrected ? Quantity.Units(corrected - sold.UnitsOf(product)[noted.Day.DayNumber - from.DayNumber]) : (double?)null;
                notes[noted.Day] = known with { Difference = difference is null ? known.Difference : (known.Difference ?? 0) + difference, Note = known.Note ?? noted.Note };
            }
        }
    }

    // What was corrected, and what still waits for somebody to say what it was.
    private Task<List<Noted>> NotedAsync(Asked asked, DateOnly from, DateOnly to, CancellationToken ct) => session.ReadAsync("""
        SELECT store_no, day, corrected, CASE WHEN reason IN ('stock_out', 'outlier') THEN reason ELSE 'corrected' END FROM forecast.correction
        WHERE tenant_id = $1 AND product_no = $2 AND store_no = ANY ($3) AND day BETWEEN $4 AND $5
        UNION ALL
        SELECT store_no, day, NULL, CASE WHEN reason = 'stock_out' THEN reason ELSE 'outlier' END FROM forecast.outlier
        WHERE tenant_id = $1 AND product_no = $2 AND store_no = ANY ($3) AND day BETWEEN $4 AND $5 AND state = 'open' ORDER BY 2, 1
        """,
        [
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int> { TypedValue = asked.Product.ProductNo },
            new NpgsqlParameter<int[]> { TypedValue = asked.StoreNos }, new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to },
        ], async reader =>
        {
            var noted = new List<Noted>();
            while (await reader.ReadAsync(ct))
                noted.Add(new Noted(reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.GetString(3)));
            return noted;
        }, ct);

    private readonly record struct Noted(int StoreNo, DateOnly Day, long? Corrected, string Note);
}
