using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// Forecasts many series together: each method is tried on each series' past, what a method did for all of them is held against what it
/// did for one, and the quantiles are averaged by that. Then the spread is set so that the past would have been covered as promised.
/// </summary>
internal static class Fleet
{
    public static IReadOnlyList<SeriesForecast> Train(
        IReadOnlyList<Series> fleet, IReadOnlyList<int> horizons, IReadOnlyList<IMethod> methods, int threads, Action<int>? done, CancellationToken ct)
    {
        if (horizons.Count != fleet.Count)
            throw new ArgumentException("There is not one horizon a series.", nameof(horizons));
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        // Before anything runs beside anything: what is refused is refused plainly.
        var histories = fleet.Select((series, i) => Cleaning.Of(series, horizons[i])).ToArray();
        var tried = new Tryout[fleet.Count];
        var finished = 0;
        Parallel.For(0, fleet.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct }, i =>
        {
            tried[i] = Tryout.Of(histories[i], horizons[i], methods);
            done?.Invoke(Interlocked.Increment(ref finished));
        });
        var weights = Weights.Of(tried, methods.Count);
        var (below, above) = Spread.Of(tried, weights);
        return [.. tried.Select((one, i) => Answer(fleet[i].Id, one, methods, weights[i], below, above))];
    }

    public static SeriesForecast Refresh(Series series, int horizon, Recipe recipe, IReadOnlyList<IMethod> methods)
    {
        var history = Cleaning.Of(series, horizon);
        var (fitted, weights) = (new IFitted?[methods.Count], new double[methods.Count]);
        foreach (var ingredient in recipe.Methods)
        {
            var m = methods.Select((method, at) => (method.Name, at)).First(method => method.Name == ingredient.Method).at;
            (fitted[m], weights[m]) = (methods[m].Fit(history), ingredient.Weight);
        }
        var now = fitted.Select(one => Combination.Sane(one?.Forecast(horizon), history)).ToArray();
        var tried = new Tryout(history, horizon, [], fitted, now, [], [], 1);
        return Answer(series.Id, tried, methods, weights, recipe.Below, recipe.Above);
    }

    private static SeriesForecast Answer(string id, Tryout tried, IReadOnlyList<IMethod> methods, double[] weights, double below, double above)
    {
        var history = tried.History;
        var naive = NaiveLine.Of(history, tried.Horizon);
        if (tried.Now.All(now => now is null))
        {
            var still = Still(naive);
            return new SeriesForecast(id, Standing.Constant, still, naive, new Recipe([], 1, 1), null, [], Explaining.Of(still, [], [], history.Period));
        }
        var prediction = Combination.Widened(Combination.Of(tried.Now, weights), below, above, history);
        var (trials, score) = Scoring.Of(tried, methods, weights, below, above);
        var recipe = new Recipe([.. methods.Select((method, m) => new Ingredient(method.Name, tried.Fitted[m]?.Model ?? "", weights[m])).Where(part => part.Weight > 0)], below, above);
        return new SeriesForecast(
            id, trials.Count > 0 ? Standing.Tested : Standing.Short, prediction, naive, recipe, score, trials, Explaining.Of(prediction, tried.Fitted, weights, history.Period));
    }

    private static Prediction Still(double[] line)
    {
        var still = Prediction.Empty(line.Length);
        for (var step = 0; step < line.Length; step++)
        {
            still.Mean[step] = line[step];
            for (var level = 0; level < Prediction.Levels.Count; level++)
                still[step, level] = line[step];
        }
        return still;
    }
}
