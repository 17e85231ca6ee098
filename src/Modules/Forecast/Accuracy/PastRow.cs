using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Accuracy;

/// <summary>What had been forecast for one product on one day, store by store, so many days ahead.</summary>
/// <param name="Overridden">Null where nobody had overridden anything.</param>
/// <param name="Actual">Null until the day came; NaN for stores that have not told.</param>
internal sealed record PastRow(
    int Lag, int ProductNo, DateOnly Day, DateTimeOffset KeptAt, int[] StoreNos, string[] Methods, float[] Naive, float[] Statistical, float[]? Overridden,
    float[] P10, float[] P50, float[] P90, float[]? Actual)
{
    /// <returns>What was forecast in the end.</returns>
    public float Said(int i) => (Overridden ?? Statistical)[i];

    public bool Came(int i) => Actual is { } actual && !float.IsNaN(actual[i]);
}

/// <summary>Reads what had been forecast.</summary>
internal sealed class PastReader(TenantSession session)
{
    private const string Rows = "SELECT lag, product_no, day, kept_at, store_nos, methods, naive, statistical, overridden, p10, p50, p90, actual FROM forecast.past";

    /// <param name="lags">Days ahead.</param>
    /// <param name="productNos">Null for all.</param>
    /// <param name="read">Given one row after another: of many weeks they are too many to hold.</param>
    public Task<int> ReadAsync(IReadOnlyList<int> lags, int[]? productNos, DateOnly from, DateOnly to, Action<PastRow> read, CancellationToken ct) => session.ReadAsync(
        Rows + " WHERE tenant_id = $1 AND lag = ANY ($2::smallint[]) AND ($3::int[] IS NULL OR product_no = ANY ($3)) AND day BETWEEN $4 AND $5",
        [
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<short[]> { TypedValue = [.. lags.Select(lag => (short)lag)] },
            new NpgsqlParameter<int[]?> { TypedValue = productNos }, new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to },
        ], async reader =>
        {
            var rows = 0;
            for (; await reader.ReadAsync(ct); rows++)
                read(RowOf(reader));
            return rows;
        }, ct);

    private static PastRow RowOf(NpgsqlDataReader row) => new(
        row.GetInt16(0), row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<int[]>(4), row.GetFieldValue<string[]>(5),
        row.GetFieldValue<float[]>(6), row.GetFieldValue<float[]>(7), row.IsDBNull(8) ? null : row.GetFieldValue<float[]>(8),
        row.GetFieldValue<float[]>(9), row.GetFieldValue<float[]>(10), row.GetFieldValue<float[]>(11), row.IsDBNull(12) ? null : row.GetFieldValue<float[]>(12));
}
