using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Landing;

/// <summary>Reads the forecasts of whole stores.</summary>
internal sealed class CellsToCome(TenantSession session)
{
    private const string Cells = """
        SELECT p.product_no, p.store_no, p.first_day, p.mean, p.quantiles FROM forecast.prediction p
        WHERE p.tenant_id = $1 AND p.store_no = ANY ($2) ORDER BY p.store_no, p.product_no
        """;

    // While a run goes over a store, what was known before it stands; of a first run, nothing does until the store is done.
    private const string Moments = """
        SELECT store_no, max(done) FROM (
          SELECT b.store_no, max(b.done_at) AS done, bool_or(r.skus IS NULL) AS whole FROM forecast.run_batch b JOIN forecast.run r USING (tenant_id, run_id)
          WHERE b.tenant_id = $1 AND b.store_no = ANY ($2) GROUP BY b.run_id, b.store_no HAVING bool_and(b.done_at IS NOT NULL)) runs
        GROUP BY store_no HAVING bool_or(whole)
        """;

    private const string Said = """
        SELECT md5(string_agg(override_id || '/' || version, ',' ORDER BY override_id)) FROM forecast.override
        WHERE tenant_id = $1 AND ended_at IS NULL AND to_day >= $2 AND (expires_on IS NULL OR expires_on >= $3)
        """;

    /// <returns>Another text for other overrides of the days from one on, those that have expired left out.</returns>
    public Task<string> OverridesAsync(DateOnly from, DateOnly today, CancellationToken ct) => session.ReadAsync(
        Said, [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = today }],
        async reader => await reader.ReadAsync(ct) && !reader.IsDBNull(0) ? reader.GetString(0) : "", ct);

    /// <returns>When each store was last forecast; stores that never were as a whole are left out.</returns>
    public Task<Dictionary<int, DateTimeOffset>> ForecastAtAsync(int[] storeNos, CancellationToken ct) => session.ReadAsync(Moments, Parameters(storeNos), async reader =>
    {
        var moments = new Dictionary<int, DateTimeOffset>();
        while (await reader.ReadAsync(ct))
            moments.Add(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1));
        return moments;
    }, ct);

    public Task<ILookup<int, CellToCome>> OfAsync(int[] storeNos, CancellationToken ct) => session.ReadAsync(Cells, Parameters(storeNos), async reader =>
    {
        var cells = new List<CellToCome>();
        while (await reader.ReadAsync(ct))
        {
            cells.Add(new CellToCome(
                new CellKey(reader.GetInt32(1), reader.GetInt32(0)), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<float[]>(3), reader.GetFieldValue<float[]>(4)));
        }
        return cells.ToLookup(cell => cell.Key.StoreNo);
    }, ct);

    private NpgsqlParameter[] Parameters(int[] storeNos) => [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = storeNos }];
}
