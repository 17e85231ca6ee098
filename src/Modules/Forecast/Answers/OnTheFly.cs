using EPM.Forecast.Engine;
using EPM.Forecast.History;
using EPM.Forecast.Runs;
using EPM.Forecast.Stored;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>Forecasts a product that no run has come by yet, for the one who asks.</summary>
internal sealed class OnTheFly(HistoryReader history, ISalesHistory sales, BatchFitter fitter, TimeProvider time)
{
    public async Task<List<StoredForecast>> FitAsync(Asked asked, CancellationToken ct)
    {
        var stand = await sales.StandAsync(ct);
        if (HistoryReader.DaysOf(stand) is not { } days)
            return [];
        var series = new List<CellSeries>();
        foreach (var store in asked.Stores)
        {
            if (stand.Stores.TryGetValue(store.StoreNo, out var known))
                series.AddRange(await history.ReadAsync(store.StoreNo, known, [asked.Product.ProductNo], days, ct));
        }
        var fitted = fitter.Fit(series, new Dictionary<int, KeptRecipe>(), threads: 1, _ => { }, ct);
        return [.. fitted.Forecasts.Select(StoredOf)];
    }

    private StoredForecast StoredOf(CellForecast fitted)
    {
        var (said, now) = (fitted.Said, time.GetUtcNow());
        return new StoredForecast(fitted.Cell.Key, fitted.State, fitted.Cell.AsOf.AddDays(1), said.Prediction, said.Naive, Kept.PartsOf(said.Explanation), said.Recipe, now, now,
            new CellScore(said.Score?.Wape, said.Score?.Bias, said.Score?.Mase, said.Score?.Coverage, said.Score?.NaiveWape, said.Score?.NaiveMase, said.Trials.Sum(trial => trial.Came.Sum())));
    }
}
