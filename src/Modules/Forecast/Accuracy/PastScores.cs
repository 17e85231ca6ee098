using EPM.Forecast.Domain;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Accuracy;

/// <summary>Puts what came beside what had been forecast for it. Asked again it changes only what came late or was corrected since.</summary>
internal sealed class PastScores(TenantSession session, PastReader past, ISalesHistory sales)
{
    // What tills send later than that is a correction of the books, not of what stores knew.
    private const int LateDays = 14;
    private const int RowsAtOnce = 500;

    /// <summary>In the transaction that was begun.</summary>
    public async Task ScoreAsync(SalesStand stand, CancellationToken ct)
    {
        if (stand.Stores.Count == 0)
            return;
        var last = stand.Stores.Values.Max(known => known.Last);
        var first = await FirstUnscoredAsync(last, ct) is { } unscored && unscored < last.AddDays(1 - LateDays) ? unscored : last.AddDays(1 - LateDays);
        var rows = new List<PastRow>();
        await past.ReadAsync(PastForecasts.Lags, null, first, last, rows.Add, ct);
        if (rows.Count == 0)
            return;
        var sold = await SoldAsync(stand, [.. rows.Select(row => row.ProductNo).Distinct().Order()], first, last, ct);
        var changed = rows.Select(row => (Row: row, Actual: ActualOf(row, stand, sold))).Where(row => row.Row.Actual is not { } known || !known.AsSpan().SequenceEqual(row.Actual));
        foreach (var some in changed.Chunk(RowsAtOnce))
        {
            await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
            foreach (var (row, actual) in some)
                batch.BatchCommands.Add(Update(row, actual));
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    private static float[] ActualOf(PastRow row, SalesStand stand, Dictionary<int, StoreSales> sold) => Array.ConvertAll(row.StoreNos, store =>
        stand.Stores.TryGetValue(store, out var known) && row.Day <= known.Last
            ? (float)Quantity.Units(sold[store].UnitsOf(row.ProductNo)[row.Day.DayNumber - sold[store].First.DayNumber]) : float.NaN);

    private async Task<Dictionary<int, StoreSales>> SoldAsync(SalesStand stand, int[] products, DateOnly first, DateOnly last, CancellationToken ct)
    {
        var sold = new Dictionary<int, StoreSales>();
        foreach (var store in stand.Stores.Keys.Order())
            sold[store] = await sales.ReadAsync(store, products, first, last, ct);
        return sold;
    }

    private Task<DateOnly?> FirstUnscoredAsync(DateOnly last, CancellationToken ct) => session.ReadAsync(
        "SELECT min(day) FROM forecast.past WHERE tenant_id = $1 AND day <= $2 AND actual IS NULL",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<DateOnly> { TypedValue = last }],
        async reader => await reader.ReadAsync(ct) && !reader.IsDBNull(0) ? reader.GetFieldValue<DateOnly>(0) : (DateOnly?)null, ct);

    private NpgsqlBatchCommand Update(PastRow row, float[] actual)
    {
        var update = new NpgsqlBatchCommand("UPDATE forecast.past SET actual = $5 WHERE tenant_id = $1 AND lag = $2 AND product_no = $3 AND day = $4");
        update.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        update.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)row.Lag });
        update.Parameters.Add(new NpgsqlParameter<int> { TypedValue = row.ProductNo });
        update.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = row.Day });
        update.Parameters.Add(new NpgsqlParameter<float[]> { TypedValue = actual });
        return update;
    }
}
