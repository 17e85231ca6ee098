using EPM.Forecast.Domain;
using EPM.Forecast.History;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Outliers;

/// <summary>A day that a run found to be unlike the others.</summary>
internal readonly record struct FoundOutlier(CellKey Cell, DateOnly Day, int Days, double Units, double P10, double P50, double P90, double Score, string Reason);

/// <summary>Puts what runs find before those who decide. Finding it again changes nothing that was decided.</summary>
internal sealed class OutlierQueue(Ids ids, TimeProvider time)
{
    /// <summary>Replaces what is open of some cells of a store by what was found of them now.</summary>
    /// <param name="looked">Cells that were looked through.</param>
    public async Task PutAsync(TenantSession session, int storeNo, IReadOnlyList<CellSeries> looked, IReadOnlyList<FoundOutlier> found, CancellationToken ct)
    {
        if (looked.Count > 0)
            await PutAsync(session, storeNo, [.. looked.Select(cell => cell.Key.ProductNo)], looked.Min(OutlierFinder.From), found, ct);
    }

    // What is open of days before the first that was looked at stays.
    private async Task PutAsync(TenantSession session, int storeNo, int[] productNos, DateOnly from, IReadOnlyList<FoundOutlier> found, CancellationToken ct)
    {
        if (found.Count > 0)
        {
            await new BulkInsert(session, "forecast.outlier").Constant("state", OutlierStates.Open).Constant("found_at", time.GetUtcNow())
                .Column("outlier_id", "uuid", [.. found.Select(_ => ids.Next())])
                .Column("store_no", "int", [.. found.Select(row => row.Cell.StoreNo)]).Column("product_no", "int", [.. found.Select(row => row.Cell.ProductNo)])
                .Column("day", "date", [.. found.Select(row => row.Day)]).Column("days", "int", [.. found.Select(row => row.Days)]).Column("units", "double precision", [.. found.Select(row => row.Units)])
                .Column("p10", "double precision", [.. found.Select(row => row.P10)]).Column("p50", "double precision", [.. found.Select(row => row.P50)])
                .Column("p90", "double precision", [.. found.Select(row => row.P90)]).Column("score", "double precision", [.. found.Select(row => row.Score)])
                .Column("reason", "text", [.. found.Select(row => row.Reason)])
                .RunAsync(ct, """
                    ON CONFLICT (tenant_id, store_no, product_no, day) DO UPDATE SET days = excluded.days, units = excluded.units, p10 = excluded.p10, p50 = excluded.p50, p90 = excluded.p90,
                      score = excluded.score, reason = excluded.reason, found_at = CASE WHEN r.units = excluded.units THEN r.found_at ELSE excluded.found_at END
                    WHERE r.state = 'open'
                    """);
        }
        // What later sales explain, or a late file filled, is asked no more.
        await using var gone = session.Command("""
            DELETE FROM forecast.outlier o WHERE o.tenant_id = $1 AND o.store_no = $2 AND o.product_no = ANY ($3) AND o.day >= $4 AND o.state = 'open'
              AND NOT EXISTS (SELECT FROM unnest($5::int[], $6::date[]) AS f (product_no, day) WHERE f.product_no = o.product_no AND f.day = o.day)
            """);
        gone.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        gone.Parameters.Add(new NpgsqlParameter<int> { TypedValue = storeNo });
        gone.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = productNos });
        gone.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = from });
        gone.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. found.Select(row => row.Cell.ProductNo)] });
        gone.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. found.Select(row => row.Day)] });
        await gone.ExecuteNonQueryAsync(ct);
    }
}
