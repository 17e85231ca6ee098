using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// Forecasts many series together: each method is tried on each series' past, what a method did for all of them is held against what it
/// did for one, and the quantiles are averaged by that. Then the spread is set so that the past would have been covered as promised.
/// </summary>
internal static class Fleet
{
    // What counts for less than this is not worth a fit every day.
    private const double Slight = 0.08;

    public static readonly string[] Names = [.. Catalogue.All.Select(method => method.Name), .. Catalogue.Fleet.Select(method => method.Name)];

    public static IReadOnlyList<SeriesForecast> Train(IReadOnlyList<Series> fleet, IReadOnlyList<int> horizons, int threads, Action<int>? done, IReadOnlySet<string>? only, bool calibrate, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (horizons.Count != fleet.Count)
            throw new ArgumentException("There is not one horizon a series.", nameof(horizons));
        // Before anything runs beside anything: what is refused is refused plainly.
        var histories = fleet.Select((series, i) => Cleaning.Of(series, horizons[i])).ToArray();
        var backs = histories.Select((history, i) => Backtest.Origins(history.Length, history.Period, horizons[i]).OrderDescending().ToArray()).ToArray();
        History?[] before = [.. histories.Select((history, i) => backs[i].Length == 0 ? null : history.Before(backs[i][0]))];
        var early = Together(before, horizons, only, threads, ct);
        var late = Together(histories, horizons, only, threads, ct);
        var methods = Catalogue.All.Select(method => Asked(method.Name, only) ? method : null).ToArray();
        var tried = new Tryout[fleet.Count];
        var finished = 0;
        void Try(int[] places, Func<int, IReadOnlyList<IMethod?>> of) =>
            Abreast.For(places.Length, threads, ct, at =>
            {
                var i = places[at];
                tried[i] = Tryout.Of(histories[i], horizons[i], backs[i], of(i), [.. early.Select(fitted => fitted[i])], [.. late.Select(fitted => fitted[i])]);
                done?.Invoke(Interlocked.Increment(ref finished));
            });
        var first = Pilot.Of(fleet.Count);
        Try(first, _ => methods);
        int[] others = [.. Enumerable.Range(0, fleet.Count).Except(first)];
        var kept = others.Length == 0 ? [] : Pilot.Kept([.. first.Select(i => tried[i])], methods, Names);
        Try(others, i => kept.GetValueOrDefault(DemandKinds.Of(histories[i].Span), methods));
        var weights = Weights.Of(tried, Names);
        var (below, above) = calibrate ? Spread.Of(tried, weights) : (1, 1);
        var lifts = MeanLift.Of(tried, weights);
        return [.. tried.Select((one, i) => Answer(fleet[i].Id, one, weights[i], below, above, lifts.GetValueOrDefault(one.Kind, 1)))];
    }

    // Where only the trees are asked for, the regression that they stand on is learnt and then left out.
    private static IFitted?[][] Together(IReadOnlyList<History?> fleet, IReadOnlyList<int> horizons, IReadOnlySet<string>? only, int threads, CancellationToken ct)
    {
        var none = new IFitted?[fleet.Count];
        var regressions = Catalogue.Fleet.Any(method => Asked(method.Name, only)) ? Catalogue.Fleet[0].Fit(fleet, horizons, none, threads, ct) : none;
        return [.. Catalogue.Fleet.Select((method, m) => !Asked(method.Name, only) ? none : m == 0 ? regressions : method.Fit(fleet, horizons, regressions, threads, ct))];
    }

    private static bool Asked(string name, IReadOnlySet<string>? only) => only is null || only.Contains(name);

    public static IReadOnlyList<SeriesForecast> Refresh(
        IReadOnlyList<Series> fleet, IReadOnlyList<int> horizons, IReadOnlyList<Recipe> recipes, int threads, Action<int>? done, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (horizons.Count != fleet.Count || recipes.Count != fleet.Count)
            throw new ArgumentException("There is not one horizon and one recipe a series.", nameof(recipes));
        var histories = fleet.Select((series, i) => Cleaning.Of(series, horizons[i])).ToArray();
        var used = recipes.SelectMany(recipe => recipe.Methods).Select(part => part.Method).ToHashSet(StringComparer.Ordinal);
        var together = Together(histories, horizons, used, threads, ct);
        var answers = new SeriesForecast[fleet.Count];
        var finished = 0;
        Abreast.For(fleet.Count, threads, ct, i =>
        {
            var (fitted, weights) = (new IFitted?[Names.Length], new double[Names.Length]);
            foreach (var ingredient in recipes[i].Methods)
            {
                var m = Array.IndexOf(Names, ingredient.Method);
                if (m < 0 || (ingredient.Weight < Slight && recipes[i].Methods.Any(other => other.Weight >= Slight)))
                    continue;
                fitted[m] = m < Catalogue.All.Count ? Catalogue.All[m].Fit(histories[i]) : together[m - Catalogue.All.Count][i];
                weights[m] = ingredient.Weight;
            }
            var now = fitted.Select(one => Combination.Counted(Combination.Sane(one?.Forecast(horizons[i]), histories[i]), histories[i])).ToArray();
            answers[i] = Answer(fleet[i].Id, new Tryout(histories[i], horizons[i], [], fitted, now, [], 1), weights, recipes[i].Below, recipes[i].Above, recipes[i].Lift);
            done?.Invoke(Interlocked.Increment(ref finished));
        });
        return answers;
    }

    private static SeriesForecast Answer(string id, Tryout tried, double[] weights, double below, double above, double lift)
    {
        var history = tried.History;
        var naive = NaiveLine.Of(history, tried.Horizon);
        if (tried.Now.All(now => now is null))
        {
            var still = Still(naive);
            return new SeriesForecast(id, Standing.Constant, still, naive, new Recipe([], 1, 1), null, [], Explaining.Of(still, [], [], history.Period));
        }
        var prediction = MeanLift.Lifted(Combination.Counted(Combination.Widened(Combination.Of(tried.Now, weights), below, above, history), history), lift);
        var (trials, score) = Scoring.Of(tried, Names, weights, below, above, lift);
        var recipe = new Recipe([.. Names.Select((name, m) => new Ingredient(name, tried.Fitted[m]?.Model ?? "", weights[m])).Where(part => part.Weight > 0)], below, above, lift);
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
