using EPM.Forecast.Domain;
using EPM.Forecast.Engine;
using EPM.Forecast.Overrides;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Accuracy;

/// <summary>
/// Keeps what is forecast now for the days that are so many ahead, as it will be held against what comes. What was kept once is never
/// kept anew: the same moments stay stored for good.
/// </summary>
internal sealed class PastForecasts(TenantSession session, OverridesInForce overrides, TimeProvider time)
{
    /// <summary>Days ahead that are told apart: tomorrow, and what orders of one, two and four weeks rest on.</summary>
    public static readonly IReadOnlyList<int> Lags = [1, 7, 14, 28];

    private const int RowsAtOnce = 500;

    private static readonly int[] Kept = [Prediction.P10, Prediction.Median, Prediction.P90];
    private static readonly double[] KeptLevels = [.. Kept.Select(level => Prediction.Levels[level])];

    /// <summary>In the transaction that was begun.</summary>
    /// <param name="asOf">Last business date any store has: lags count from it.</param>
    public async Task KeepAsync(DateOnly asOf, CancellationToken ct)
    {
        var layer = await overrides.LayerAsync(null, asOf.AddDays(1), except: null, ct);
        var there = await ThereAsync(asOf, ct);
        var rows = (await SaidAsync(asOf, ct)).Where(said => !there.Contains((said.Lag, said.Cell))).GroupBy(said => (said.Lag, said.Cell.ProductNo));
        var now = time.GetUtcNow();
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
            foreach (var row in some)
                batch.BatchCommands.Add(Insert(RowOf([.. row], layer, asOf, now)));
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    private static PastRow RowOf(Said[] stores, OverrideLayer layer, DateOnly asOf, DateTimeOffset now)
    {
        var lag = stores[0].Lag;
        var day = asOf.AddDays(lag);
        var row = new PastRow(lag, stores[0].Cell.ProductNo, day, now, [.. stores.Select(said => said.Cell.StoreNo)], [.. stores.Select(said => said.Method)],
            [.. stores.Select(said => said.Naive)], [.. stores.Select(said => said.Mean)], null, new float[stores.Length], new float[stores.Length], new float[stores.Length], null);
        var overridden = (float[])row.Statistical.Clone();
        var any = false;
        Span<double> quantiles = stackalloc double[Kept.Length];
        for (var i = 0; i < stores.Length; i++)
        {
            (quantiles[0], quantiles[1], quantiles[2]) = (stores[i].P10, stores[i].P50, stores[i].P90);
            if (layer.MeansOf(stores[i].Cell, day, [stores[i].Mean]) is [{ } after])
            {
                any = true;
                overridden[i] = (float)Quantity.Units(after);
                RelativeSpread.Around(KeptLevels, quantiles, stores[i].Mean, Quantity.Units(after));
            }
            (row.P10[i], row.P50[i], row.P90[i]) = ((float)quantiles[0], (float)quantiles[1], (float)quantiles[2]);
        }
        return any ? row with { Overridden = overridden } : row;
    }

    // A product that another run kept for other stores gets these beside them.
    private NpgsqlBatchCommand Insert(PastRow row)
    {
        var insert = new NpgsqlBatchCommand("""
            INSERT INTO forecast.past AS r (tenant_id, lag, product_no, day, kept_at, store_nos, methods, naive, statistical, overridden, p10, p50, p90)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (tenant_id, lag, product_no, day) DO UPDATE SET store_nos = r.store_nos || excluded.store_nos, methods = r.methods || excluded.methods,
              naive = r.naive || excluded.naive, statistical = r.statistical || excluded.statistical,
              overridden = CASE WHEN r.overridden IS NOT NULL OR excluded.overridden IS NOT NULL
                THEN coalesce(r.overridden, r.statistical) || coalesce(excluded.overridden, excluded.statistical) END,
              p10 = r.p10 || excluded.p10, p50 = r.p50 || excluded.p50, p90 = r.p90 || excluded.p90, actual = NULL
            """);
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        insert.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)row.Lag });
        insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = row.ProductNo });
        insert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = row.Day });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = row.KeptAt });
        insert.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = row.StoreNos });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = row.Methods });
        foreach (var values in new[] { row.Naive, row.Statistical, row.Overridden, row.P10, row.P50, row.P90 })
            insert.Parameters.Add(new NpgsqlParameter<float[]?> { TypedValue = values });
        return insert;
    }

    private Task<HashSet<(int Lag, CellKey)>> ThereAsync(DateOnly asOf, CancellationToken ct) => session.ReadAsync("""
        SELECT p.lag, p.product_no, p.store_nos FROM unnest($2::smallint[]) AS l (lag) JOIN forecast.past p ON p.tenant_id = $1 AND p.lag = l.lag AND p.day = $3::date + l.lag
        """, Parameters(asOf), async reader =>
        {
            var there = new HashSet<(int, CellKey)>();
            while (await reader.ReadAsync(ct))
            {
                foreach (var store in reader.GetFieldValue<int[]>(2))
                    there.Add((reader.GetInt16(0), new CellKey(store, reader.GetInt32(1))));
            }
            return there;
        }, ct);

    // In the transaction's own connection: a run keeps what it has just written. Cells that nothing changed keep the forecast of an
    // earlier day; beyond its end the last week comes again, as it does in every answer.
    private async Task<List<Said>> SaidAsync(DateOnly asOf, CancellationToken ct)
    {
        await using var select = session.Command("""
            SELECT l.lag, p.store_no, p.product_no, c.method, p.mean[s.step], p.naive[s.step],
              p.quantiles[(s.step - 1) * $4 + $5], p.quantiles[(s.step - 1) * $4 + $6], p.quantiles[(s.step - 1) * $4 + $7]
            FROM forecast.prediction p JOIN forecast.cell c ON c.tenant_id = p.tenant_id AND c.product_no = p.product_no AND c.store_no = p.store_no
            CROSS JOIN unnest($2::smallint[]) AS l (lag) CROSS JOIN LATERAL (SELECT $3::date + l.lag - p.first_day + 1) AS d (ahead)
            CROSS JOIN LATERAL (SELECT CASE WHEN d.ahead <= p.horizon THEN d.ahead ELSE p.horizon - 6 + (d.ahead - p.horizon - 1) % 7 END) AS s (step)
            WHERE p.tenant_id = $1 AND d.ahead > 0 AND p.horizon >= 7 ORDER BY l.lag, p.product_no, p.store_no
            """);
        foreach (var parameter in Parameters(asOf))
            select.Parameters.Add(parameter);
        foreach (var place in Kept.Select(level => level + 1).Prepend(Prediction.Levels.Count))
            select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = place });
        var said = new List<Said>();
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            said.Add(new Said(reader.GetInt16(0), new CellKey(reader.GetInt32(1), reader.GetInt32(2)), reader.GetString(3), reader.GetFloat(4), reader.GetFloat(5),
                reader.GetFloat(6), reader.GetFloat(7), reader.GetFloat(8)));
        }
        return said;
    }

    private NpgsqlParameter[] Parameters(DateOnly asOf) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<short[]> { TypedValue = [.. Lags.Select(lag => (short)lag)] },
        new NpgsqlParameter<DateOnly> { TypedValue = asOf },
    ];

    private readonly record struct Said(int Lag, CellKey Cell, string Method, float Mean, float Naive, float P10, float P50, float P90);
}
