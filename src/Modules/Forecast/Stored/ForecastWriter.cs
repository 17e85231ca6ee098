using EPM.Forecast.Engine;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Stored;

/// <summary>Keeps the forecasts of a batch, in the session's transaction: what was kept of the same cells before is replaced.</summary>
internal static class ForecastWriter
{
    private const string Key = "ON CONFLICT (tenant_id, product_no, store_no) DO UPDATE SET";

    private static readonly string[] PredictionColumns = ["tenant_id", "product_no", "store_no", "first_day", "horizon", "mean", "naive", "quantiles", "parts", "recipe"];
    private static readonly string[] BacktestColumns = ["tenant_id", "product_no", "store_no", "cut_offs", "horizon", "trials", "score"];

    /// <param name="mark">How far imports had come when the histories were read.</param>
    public static async Task WriteAsync(TenantSession session, IReadOnlyList<CellForecast> forecasts, long mark, DateTimeOffset now, CancellationToken ct)
    {
        await CellsAsync(session, [.. forecasts.Where(forecast => forecast.Trained)], trained: true, mark, now, ct);
        await CellsAsync(session, [.. forecasts.Where(forecast => !forecast.Trained)], trained: false, mark, now, ct);
        await StagedInsert.RunAsync(session, "forecast.prediction", PredictionColumns, forecasts.Count, (copy, row) => Prediction(copy, session.TenantId, forecasts[row]), ct, $"""
            {Key} first_day = excluded.first_day, horizon = excluded.horizon, mean = excluded.mean, naive = excluded.naive,
              quantiles = excluded.quantiles, parts = excluded.parts, recipe = excluded.recipe
            """);
        var tested = forecasts.Where(forecast => forecast is { Trained: true, Said: { Score: not null, Trials.Count: > 0 } }).ToArray();
        await StagedInsert.RunAsync(session, "forecast.backtest", BacktestColumns, tested.Length, (copy, row) => Backtest(copy, session.TenantId, tested[row]), ct,
            $"{Key} cut_offs = excluded.cut_offs, horizon = excluded.horizon, trials = excluded.trials, score = excluded.score");
    }

    /// <summary>Notes that cells were looked at and nothing about them had changed.</summary>
    public static Task SameAsync(TenantSession session, int storeNo, int[] productNos, long mark, CancellationToken ct) => RunAsync(session,
        "UPDATE forecast.cell SET sales_mark = $4, stale = false WHERE tenant_id = $1 AND store_no = $2 AND product_no = ANY ($3)",
        ct, new NpgsqlParameter<int> { TypedValue = storeNo }, new NpgsqlParameter<int[]> { TypedValue = productNos }, new NpgsqlParameter<long> { TypedValue = mark });

    /// <summary>Notes which cells the engine could do nothing with; what is known of them stays.</summary>
    public static Task FailedAsync(TenantSession session, int storeNo, int[] productNos, string failure, CancellationToken ct) => RunAsync(session,
        "UPDATE forecast.cell SET failure = $4 WHERE tenant_id = $1 AND store_no = $2 AND product_no = ANY ($3)",
        ct, new NpgsqlParameter<int> { TypedValue = storeNo }, new NpgsqlParameter<int[]> { TypedValue = productNos }, new NpgsqlParameter<string> { TypedValue = failure });

    /// <summary>Ends cells: nothing is expected of them any more.</summary>
    public static async Task EndAsync(TenantSession session, IReadOnlyList<CellKey> cells, CancellationToken ct)
    {
        var parameters = new[] { new NpgsqlParameter<int[]> { TypedValue = [.. cells.Select(cell => cell.StoreNo)] }, new NpgsqlParameter<int[]> { TypedValue = [.. cells.Select(cell => cell.ProductNo)] } };
        await RunAsync(session, """
            DELETE FROM forecast.prediction r USING unnest($2, $3) AS gone (store_no, product_no)
            WHERE r.tenant_id = $1 AND r.product_no = gone.product_no AND r.store_no = gone.store_no
            """, ct, [.. parameters.Select(parameter => parameter.Clone())]);
        await RunAsync(session, """
            UPDATE forecast.cell r SET state = 'ended', stale = false FROM unnest($2, $3) AS gone (store_no, product_no)
            WHERE r.tenant_id = $1 AND r.product_no = gone.product_no AND r.store_no = gone.store_no AND r.state <> 'ended'
            """, ct, parameters);
    }

    private static async Task CellsAsync(TenantSession session, CellForecast[] forecasts, bool trained, long mark, DateTimeOffset now, CancellationToken ct)
    {
        if (forecasts.Length == 0)
            return;
        var insert = new BulkInsert(session, "forecast.cell").Constant("sales_mark", mark).Constant("trained_at", now).Constant("refreshed_at", now)
            .Column("product_no", "int", Array.ConvertAll(forecasts, f => f.Cell.Key.ProductNo)).Column("store_no", "int", Array.ConvertAll(forecasts, f => f.Cell.Key.StoreNo))
            .Column("state", "text", Array.ConvertAll(forecasts, f => f.State)).Column("first_sold", "date", Array.ConvertAll(forecasts, f => f.Cell.FirstSold))
            .Column("last_sold", "date", Array.ConvertAll(forecasts, f => f.Cell.LastSold)).Column("as_of", "date", Array.ConvertAll(forecasts, f => f.Cell.AsOf))
            .Column("fingerprint", "bigint", Array.ConvertAll(forecasts, f => f.Cell.Fingerprint))
            .Column("method", "text", Array.ConvertAll(forecasts, f => f.Said.Recipe.Methods.MaxBy(part => part.Weight)?.Method ?? ""))
            .Column("wape", "float8", Array.ConvertAll(forecasts, f => Known(f.Said.Score?.Wape))).Column("bias", "float8", Array.ConvertAll(forecasts, f => Known(f.Said.Score?.Bias)))
            .Column("mase", "float8", Array.ConvertAll(forecasts, f => Known(f.Said.Score?.Mase))).Column("coverage", "float8", Array.ConvertAll(forecasts, f => Known(f.Said.Score?.Coverage)))
            .Column("naive_wape", "float8", Array.ConvertAll(forecasts, f => Known(f.Said.Score?.NaiveWape))).Column("naive_mase", "float8", Array.ConvertAll(forecasts, f => Known(f.Said.Score?.NaiveMase)))
            .Column("tested_units", "float8", Array.ConvertAll(forecasts, f => f.Said.Trials.Sum(trial => trial.Came.Where(double.IsFinite).Sum())));
        var scores = trained
            ? ", trained_at = excluded.trained_at, wape = excluded.wape, bias = excluded.bias, mase = excluded.mase, coverage = excluded.coverage, naive_wape = excluded.naive_wape, naive_mase = excluded.naive_mase, tested_units = excluded.tested_units"
            : "";
        await insert.RunAsync(ct, $"""
            {Key} state = excluded.state, first_sold = excluded.first_sold, last_sold = excluded.last_sold, as_of = excluded.as_of, sales_mark = excluded.sales_mark,
              fingerprint = excluded.fingerprint, refreshed_at = excluded.refreshed_at, method = excluded.method, failure = NULL, stale = false{scores}
            """);
    }

    private static void Prediction(CopyWriter copy, Guid tenant, CellForecast forecast)
    {
        KeyOf(copy, tenant, forecast);
        copy.Date(forecast.Cell.AsOf.DayNumber + 1);
        copy.Int16((short)forecast.Said.Prediction.Horizon);
        copy.Reals(forecast.Said.Prediction.Mean);
        copy.Reals(forecast.Said.Naive);
        copy.Reals(forecast.Said.Prediction.Quantiles);
        copy.Reals(Kept.PartsOf(forecast.Said.Explanation));
        copy.Json(Kept.TextOf(forecast.Said.Recipe));
    }

    private static void Backtest(CopyWriter copy, Guid tenant, CellForecast forecast)
    {
        KeyOf(copy, tenant, forecast);
        var trials = forecast.Said.Trials;
        var horizon = trials.Max(trial => trial.Came.Length);
        copy.Dates([.. trials.Select(trial => forecast.Cell.AsOf.AddDays(-trial.Back))]);
        copy.Int16((short)horizon);
        copy.Reals(Kept.TrialsOf(trials, horizon));
        copy.Json(Kept.TextOf(forecast.Said.Score!));
    }

    private static void KeyOf(CopyWriter copy, Guid tenant, CellForecast forecast)
    {
        var columns = forecast.Cell.Key;
        copy.Uuid(tenant);
        copy.Int32(columns.ProductNo);
        copy.Int32(columns.StoreNo);
    }

    private static double? Known(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static async Task RunAsync(TenantSession session, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = session.Command(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
