using EPM.Forecast.Engine.Selection;

namespace EPM.Forecast.Engine;

/// <summary>The engine's face: forecasts many series together, or one again.</summary>
public static class Forecaster
{
    /// <summary>The names of all methods.</summary>
    public static IReadOnlyList<string> Methods => Fleet.Names;

    /// <summary>Tries every method on every series' past, combines them by what the backtests show, and forecasts.</summary>
    /// <param name="fleet">Series that are alike (the cells of one chain, at one cadence).</param>
    /// <param name="horizon">Steps ahead, one number a series, each at least 1.</param>
    /// <param name="threads">1 or more; the answer is the same for any.</param>
    /// <param name="done">Told the number of series finished, now and then, from any thread.</param>
    /// <param name="only">Names of the methods to choose from; null for all.</param>
    /// <param name="calibrate">Whether the spread is set by what the backtests missed.</param>
    /// <returns>One forecast a series, in order.</returns>
    /// <exception cref="ArgumentException">A horizon below 1, a column that does not cover history and horizon, an infinite value.</exception>
    public static IReadOnlyList<SeriesForecast> Train(IReadOnlyList<Series> fleet, IReadOnlyList<int> horizon, int threads, Action<int>? done, CancellationToken ct, IReadOnlySet<string>? only = null,
        bool calibrate = true) => Fleet.Train(fleet, horizon, threads, done, only, calibrate, ct);

    /// <summary>
    /// Forecasts by what was learnt before: only the methods of the recipes, no backtests. Scores and trials are empty. What is learnt across
    /// series is learnt of these: a series alone does without.
    /// </summary>
    /// <param name="fleet">Series that are alike.</param>
    /// <param name="horizons">Steps ahead, one number a series.</param>
    /// <param name="recipes">One a series.</param>
    /// <returns>One forecast a series, in order.</returns>
    /// <exception cref="ArgumentException">As of <see cref="Train"/>.</exception>
    public static IReadOnlyList<SeriesForecast> Refresh(
        IReadOnlyList<Series> fleet, IReadOnlyList<int> horizons, IReadOnlyList<Recipe> recipes, int threads, Action<int>? done, CancellationToken ct) =>
        Fleet.Refresh(fleet, horizons, recipes, threads, done, ct);
}
