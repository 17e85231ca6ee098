using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Stored;

/// <summary>What a list needs to know of a cell.</summary>
/// <param name="Mean">From the day of <paramref name="First"/> on.</param>
internal sealed record CellOutlook(int ProductNo, int StoreNo, string State, string Method, DateOnly First, float[] Mean, CellScore Score)
{
    private const int Week = 7;

    /// <returns>The mean over some days; beyond its end the last week comes again.</returns>
    public double Over(DateOnly from, int days)
    {
        var sum = 0.0;
        for (var day = 0; day < days; day++)
        {
            var at = Math.Max(0, from.DayNumber - First.DayNumber + day);
            sum += Mean[at < Mean.Length ? at : Mean.Length < Week ? Mean.Length - 1 : Mean.Length - Week + ((at - Mean.Length) % Week)];
        }
        return sum;
    }
}

/// <summary>Reads all cells of some stores, without their quantiles.</summary>
internal sealed class CellOutlooks(TenantSession session)
{
    public Task<List<CellOutlook>> ReadAsync(IReadOnlyCollection<int> storeNos, CancellationToken ct) => session.ReadAsync("""
        SELECT c.product_no, c.store_no, c.state, c.method, p.first_day, p.mean, c.wape, c.bias, c.mase, c.coverage, c.naive_wape, c.naive_mase, c.tested_units
        FROM forecast.cell c LEFT JOIN forecast.prediction p USING (tenant_id, product_no, store_no) WHERE c.tenant_id = $1 AND c.store_no = ANY ($2)
        """, [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = [.. storeNos] }], async reader =>
        {
            var cells = new List<CellOutlook>();
            while (await reader.ReadAsync(ct))
            {
                var ended = reader.IsDBNull(4);
                cells.Add(new CellOutlook(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), ended ? DateOnly.MinValue : reader.GetFieldValue<DateOnly>(4),
                    ended ? [0f] : reader.GetFieldValue<float[]>(5),
                    new CellScore(Number(reader, 6), Number(reader, 7), Number(reader, 8), Number(reader, 9), Number(reader, 10), Number(reader, 11), reader.GetDouble(12))));
            }
            return cells;
        }, ct);

    private static double? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
