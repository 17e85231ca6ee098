using EPM.Forecast.Domain;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Overrides;

/// <summary>What the statistical forecast of a cell says, from a day on.</summary>
internal readonly record struct CellMeans(CellKey Cell, DateOnly First, float[] Means)
{
    private const int Week = 7;

    public DateOnly Last => First.AddDays(Means.Length - 1);

    /// <returns>In units; 0 on days that are past, and beyond its end the last week again.</returns>
    public double On(DateOnly day)
    {
        var at = day.DayNumber - First.DayNumber;
        return at < 0 ? 0 : at < Means.Length ? Means[at] : Means.Length >= Week ? Means[Means.Length - Week + ((at - Means.Length) % Week)] : Means[^1];
    }
}

/// <summary>Reads means alone, without the quantiles and parts they are kept beside.</summary>
internal sealed class StatisticalMeans(TenantSession session)
{
    /// <param name="storeNos">Null for all.</param>
    /// <param name="productNos">Null for all.</param>
    /// <returns>By product and store.</returns>
    public Task<List<CellMeans>> ReadAsync(int[]? storeNos, int[]? productNos, CancellationToken ct) => session.ReadAsync("""
        SELECT store_no, product_no, first_day, mean FROM forecast.prediction
        WHERE tenant_id = $1 AND ($2::int[] IS NULL OR product_no = ANY ($2)) AND ($3::int[] IS NULL OR store_no = ANY ($3)) ORDER BY product_no, store_no
        """,
        [
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]?> { TypedValue = productNos },
            new NpgsqlParameter<int[]?> { TypedValue = storeNos },
        ], async reader =>
        {
            var cells = new List<CellMeans>();
            while (await reader.ReadAsync(ct))
                cells.Add(new CellMeans(new CellKey(reader.GetInt32(0), reader.GetInt32(1)), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<float[]>(3)));
            return cells;
        }, ct);
}
