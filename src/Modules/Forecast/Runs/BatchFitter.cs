using System.Diagnostics;
using EPM.Forecast.Engine;
using EPM.Forecast.History;
using EPM.Forecast.Stored;
using Microsoft.Extensions.Logging;

namespace EPM.Forecast.Runs;

/// <summary>What was fitted of a batch, what had not changed, and what the engine could do nothing with.</summary>
internal sealed record FittedBatch(IReadOnlyList<CellForecast> Forecasts, IReadOnlyList<int> Same, IReadOnlyList<int> Failed, double Milliseconds);

/// <summary>Fits the cells of a batch.</summary>
internal sealed partial class BatchFitter(ILogger<BatchFitter> logger)
{
    /// <param name="recipes">What is known of the cells, by product; empty to choose for all anew.</param>
    /// <param name="threads">How many processors it may take.</param>
    /// <param name="done">Told the number of series finished, from any thread.</param>
    public FittedBatch Fit(IReadOnlyList<CellSeries> cells, IReadOnlyDictionary<int, KeptRecipe> recipes, int threads, Action<int> done, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var (train, refresh, same) = (new List<CellSeries>(), new List<(CellSeries Cell, KeptRecipe Kept)>(), new List<int>());
        foreach (var cell in cells)
        {
            if (!recipes.TryGetValue(cell.Key.ProductNo, out var kept) || kept.Recipe.Methods.Count == 0)
                train.Add(cell);
            else if (kept.Fingerprint != cell.Fingerprint || kept.State == CellStates.Ended)
                refresh.Add((cell, kept));
            else
                same.Add(cell.Key.ProductNo);
        }
        var forecasts = new List<CellForecast>();
        var failed = new List<int>();
        Train(train, forecasts, failed, threads, done, ct);
        Refresh(refresh, forecasts, failed, threads, count => done(train.Count + count), ct);
        return new FittedBatch(forecasts, same, failed, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private void Train(List<CellSeries> cells, List<CellForecast> forecasts, List<int> failed, int threads, Action<int> done, CancellationToken ct)
    {
        if (cells.Count == 0)
            return;
        try
        {
            var said = Forecaster.Train([.. cells.Select(cell => cell.Series)], [.. cells.Select(cell => cell.Horizon)], threads, done, ct);
            forecasts.AddRange(said.Select((forecast, i) => Told(cells[i], forecast, CellStates.Of(cells[i], forecast.Standing), trained: true)));
        }
        catch (ArgumentException refused) when (cells.Count > 1)
        {
            // One series that the engine refuses leaves the others theirs.
            LogRefused(refused, cells.Count);
            foreach (var cell in cells)
                Train([cell], forecasts, failed, threads, _ => { }, ct);
        }
        catch (ArgumentException refused)
        {
            LogRefused(refused, 1);
            failed.Add(cells[0].Key.ProductNo);
        }
    }

    private void Refresh(List<(CellSeries Cell, KeptRecipe Kept)> cells, List<CellForecast> forecasts, List<int> failed, int threads, Action<int> done, CancellationToken ct)
    {
        if (cells.Count == 0)
            return;
        try
        {
            var said = Forecaster.Refresh(
                [.. cells.Select(cell => cell.Cell.Series)], [.. cells.Select(cell => cell.Cell.Horizon)], [.. cells.Select(cell => cell.Kept.Recipe)], threads, done, ct);
            forecasts.AddRange(said.Select((forecast, i) => Told(cells[i].Cell, forecast, cells[i].Kept.State == CellStates.Ended ? CellStates.Short : cells[i].Kept.State, trained: false)));
        }
        catch (ArgumentException refused) when (cells.Count > 1)
        {
            LogRefused(refused, cells.Count);
            foreach (var cell in cells)
                Refresh([cell], forecasts, failed, threads, _ => { }, ct);
        }
        catch (ArgumentException refused)
        {
            LogRefused(refused, 1);
            failed.Add(cells[0].Cell.Key.ProductNo);
        }
    }

    // A closed door sells nothing, whatever the weekday says.
    private static CellForecast Told(CellSeries cell, SeriesForecast said, string state, bool trained)
    {
        var parts = new[] { said.Explanation.Level, said.Explanation.Trend, said.Explanation.Season, said.Explanation.Event, said.Explanation.Price, said.Explanation.Promotion, said.Explanation.Other };
        for (var day = 0; day < cell.Open.Length; day++)
        {
            if (cell.Open[day])
                continue;
            said.Prediction.Mean[day] = 0;
            said.Naive[day] = 0;
            Array.Clear(said.Prediction.Quantiles, day * Prediction.Levels.Count, Prediction.Levels.Count);
            foreach (var part in parts)
                part[day] = 0;
        }
        return new CellForecast(cell, said, state, trained);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engine refuses {Count} series; each is tried alone")]
    private partial void LogRefused(Exception refused, int count);
}
