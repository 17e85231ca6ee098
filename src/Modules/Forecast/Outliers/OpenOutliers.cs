using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Outliers;

/// <summary>Counts what waits for a decision.</summary>
internal sealed class OpenOutliers(TenantSession session)
{
    /// <returns>By product, of some stores together.</returns>
    public Task<Dictionary<int, int>> CountAsync(int[] storeNos, CancellationToken ct) => session.ReadAsync(
        "SELECT product_no, count(*)::int FROM forecast.outlier WHERE tenant_id = $1 AND state = 'open' AND store_no = ANY ($2) GROUP BY product_no",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = storeNos }], async reader =>
        {
            var counts = new Dictionary<int, int>();
            while (await reader.ReadAsync(ct))
                counts[reader.GetInt32(0)] = reader.GetInt32(1);
            return counts;
        }, ct);
}
