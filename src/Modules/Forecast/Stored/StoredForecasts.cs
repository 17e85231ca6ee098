using EPM.Forecast.Engine;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Stored;

/// <summary>Reads what is kept, by products and stores.</summary>
internal sealed class StoredForecasts(TenantSession session)
{
    private const string Cells = """
        SELECT c.product_no, c.store_no, c.state, c.trained_at, c.refreshed_at, c.wape, c.bias, c.mase, c.coverage, c.naive_wape, c.naive_mase, c.tested_units,
          p.first_day, p.mean, p.naive, p.quantiles, p.parts, p.recipe
        FROM forecast.cell c JOIN forecast.prediction p USING (tenant_id, product_no, store_no)
        WHERE c.tenant_id = $1 AND c.store_no = ANY ($2)
        """;

    /// <param name="productNos">Null for all.</param>
    /// <returns>By product and store; cells that are ended or have no forecast are left out.</returns>
    public Task<List<StoredForecast>> ReadAsync(IReadOnlyCollection<int>? productNos, IReadOnlyCollection<int> storeNos, CancellationToken ct) => session.ReadAsync(
        $"{Cells} {Of(productNos)} ORDER BY c.product_no, c.store_no", Parameters(productNos, storeNos), async reader =>
        {
            var cells = new List<StoredForecast>();
            while (await reader.ReadAsync(ct))
                cells.Add(Forecast(reader));
            return cells;
        }, ct);

    public Task<List<StoredBacktest>> BacktestsAsync(IReadOnlyCollection<int>? productNos, IReadOnlyCollection<int> storeNos, CancellationToken ct) => session.ReadAsync($"""
        SELECT c.product_no, c.store_no, c.cut_offs, c.horizon, c.trials, c.score FROM forecast.backtest c
        WHERE c.tenant_id = $1 AND c.store_no = ANY ($2) {Of(productNos)} ORDER BY c.product_no, c.store_no
        """, Parameters(productNos, storeNos), async reader =>
        {
            var tests = new List<StoredBacktest>();
            while (await reader.ReadAsync(ct))
                tests.Add(new StoredBacktest(KeyOf(reader), reader.GetFieldValue<DateOnly[]>(2), reader.GetInt16(3), reader.GetFieldValue<float[]>(4), Kept.ScoreOf(reader.GetString(5))));
            return tests;
        }, ct);

    private static string Of(IReadOnlyCollection<int>? productNos) => productNos is null ? "" : "AND c.product_no = ANY ($3)";

    private NpgsqlParameter[] Parameters(IReadOnlyCollection<int>? productNos, IReadOnlyCollection<int> storeNos)
    {
        NpgsqlParameter tenant = new NpgsqlParameter<Guid> { TypedValue = session.TenantId };
        NpgsqlParameter stores = new NpgsqlParameter<int[]> { TypedValue = [.. storeNos] };
        return productNos is null ? [tenant, stores] : [tenant, stores, new NpgsqlParameter<int[]> { TypedValue = [.. productNos] }];
    }

    private static StoredForecast Forecast(NpgsqlDataReader row) => new(KeyOf(row), row.GetString(2), row.GetFieldValue<DateOnly>(12),
        new Prediction(Values(row, 13), Values(row, 15)), Values(row, 14), Values(row, 16), Kept.RecipeOf(row.GetString(17)),
        row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4),
        new CellScore(Number(row, 5), Number(row, 6), Number(row, 7), Number(row, 8), Number(row, 9), Number(row, 10), row.GetDouble(11)));

    private static CellKey KeyOf(NpgsqlDataReader row) => new(row.GetInt32(1), row.GetInt32(0));

    private static double[] Values(NpgsqlDataReader row, int column) => Array.ConvertAll(row.GetFieldValue<float[]>(column), value => (double)value);

    private static double? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
