using EPM.Forecast.Engine.Paths;
using EPM.Forecast.History;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>
/// Tells how good forecasts were: of a cell what the engine measured, of several what their sum would have been, by paths. Beyond a few dozen
/// cells only the cells' own errors are told, weighted by what they sold.
/// </summary>
internal sealed class Backtested(Words words, StoredForecasts stored)
{
    private const int MostSummed = 64;
    private const int Paths = 64;
    private const string Naive = "naive";

    public async Task<BacktestView?> OfAsync(Asked asked, IReadOnlyList<CellAhead> cells, Dependence dependence, StoreMap map, CancellationToken ct)
    {
        if (!cells.Any(cell => cell.Kept.Score.Wape is not null))
            return null;
        if (cells.Count > MostSummed)
            return Weighed(cells);
        var tests = await stored.BacktestsAsync(asked.ProductNos, asked.StoreNos, ct);
        if (tests.Count == 0)
            return null;
        // Only what all of them were tried on can be summed.
        var cutOffs = tests.SelectMany(test => test.CutOffs).GroupBy(day => day).Where(day => day.Count() == tests.Count).Select(day => day.Key).Order().ToArray();
        var origins = cutOffs.Select(cutOff => Origin(cutOff, tests, dependence, map)).ToArray();
        var board = Board(tests, cells);
        var days = origins.SelectMany(origin => origin.Days).ToArray();
        if (tests.Count == 1 || days.Length == 0)
            return Weighed(cells) with { Cells = tests.Count, Leaderboard = board, Origins = origins, ByLag = ByLag(days) };
        var measured = Measured(days);
        var naive = Wape(days, day => day.Naive);
        return new BacktestView(measured.Wape, measured.Bias, Weighed(cells).Mase, measured.Coverage, naive, Weighed(cells).NaiveMase, tests.Count, board, origins, ByLag(days));
    }

    private static BacktestView Weighed(IReadOnlyList<CellAhead> cells)
    {
        var scores = cells.Select(cell => cell.Kept.Score).Where(score => score.Wape is not null).ToArray();
        return new BacktestView(Mean(score => score.Wape), Mean(score => score.Bias), Mean(score => score.Mase), Mean(score => score.Coverage),
            Mean(score => score.NaiveWape), Mean(score => score.NaiveMase), scores.Length, [], [], []);

        double? Mean(Func<CellScore, double?> of) => Weights.Mean(scores.Select(score => (of(score), score.Units)));
    }

    private static OriginView Origin(DateOnly cutOff, List<StoredBacktest> tests, Dependence dependence, StoreMap map)
    {
        var tried = tests.Select(test => (Test: test, Trial: test.CutOffs.ToList().IndexOf(cutOff))).Select(one => (one.Test, one.Trial, Said: Dependences.SaidAt(one.Test, one.Trial))).ToArray();
        var horizon = tried.Min(one => one.Said.Horizon);
        if (horizon == 0)
            return new OriginView(cutOff, []);
        var said = tried[0].Said;
        if (tried.Length > 1)
        {
            var (sampler, sum) = (new PathSampler(dependence, horizon, Paths), new PathSum(horizon, Paths));
            foreach (var one in tried)
                sampler.AddTo(sum, SeriesId.Of(one.Test.Key), map.ByNo[one.Test.Key.StoreNo].Code, one.Said);
            said = sum.ToPrediction();
        }
        return new OriginView(cutOff, [.. Enumerable.Range(0, horizon).Select(step => new OriginDay(cutOff.AddDays(step + 1), step + 1,
            Rounded.Of(tried.Sum(one => one.Test.At(one.Trial, 0, step))), Rounded.Of(said[step, Kept.Low]), Rounded.Of(said[step, Kept.Middle]), Rounded.Of(said[step, Kept.High]),
            Rounded.Of(said.Mean[step]), Rounded.Of(tried.Sum(one => one.Test.At(one.Trial, 2, step)))))]);
    }

    private LeaderView[] Board(List<StoredBacktest> tests, IReadOnlyList<CellAhead> cells)
    {
        var units = cells.ToDictionary(cell => cell.Key, cell => cell.Kept.Score.Units);
        return [.. tests.SelectMany(test => test.Score.Methods.Select(method => (Method: method, Units: units.GetValueOrDefault(test.Key)))).GroupBy(one => one.Method.Method, StringComparer.Ordinal)
            .Select(method => new LeaderView(method.Key, words.Method(method.Key), Mean(method, one => one.Wape), Mean(method, one => one.Mase), Mean(method, one => one.Bias),
                Mean(method, one => one.Coverage), Rounded.Of(method.Sum(one => one.Method.Weight) / tests.Count), method.Key == Naive))
            .OrderBy(method => method.Wape ?? double.MaxValue).ThenBy(method => method.Method, StringComparer.Ordinal)];

        static double? Mean(IEnumerable<(Engine.MethodScore Method, double Units)> scores, Func<Engine.MethodScore, double> of) =>
            Weights.Mean(scores.Select(score => ((double?)of(score.Method), score.Units)));
    }

    private static LagView[] ByLag(OriginDay[] days) => [.. days.GroupBy(day => day.Lag).OrderBy(lag => lag.Key).Select(lag =>
    {
        OriginDay[] of = [.. lag];
        var (wape, bias, coverage) = Measured(of);
        return new LagView(lag.Key, wape, Wape(of, day => day.Naive), coverage, bias);
    })];

    private static (double? Wape, double? Bias, double? Coverage) Measured(OriginDay[] days)
    {
        var sold = days.Sum(day => Math.Abs(day.Actual));
        return (Wape(days, day => day.P50), sold > 0 ? Rounded.Of(days.Sum(day => day.Mean - day.Actual) / sold) : null,
            days.Length == 0 ? null : Rounded.Of(days.Count(day => day.P10 <= day.Actual && day.Actual <= day.P90) / (double)days.Length));
    }

    private static double? Wape(OriginDay[] days, Func<OriginDay, double> said)
    {
        var sold = days.Sum(day => Math.Abs(day.Actual));
        return sold > 0 ? Rounded.Of(days.Sum(day => Math.Abs(day.Actual - said(day))) / sold) : null;
    }
}

internal static class Weights
{
    /// <summary>A mean of what is known, weighted by units; evenly where none came.</summary>
    public static double? Mean(IEnumerable<(double? Value, double Weight)> values)
    {
        var known = values.Where(one => one.Value is { } value && double.IsFinite(value)).ToArray();
        if (known.Length == 0)
            return null;
        var weight = known.Sum(one => one.Weight);
        return Rounded.Of(weight > 0 ? known.Sum(one => one.Value!.Value * one.Weight) / weight : known.Average(one => one.Value!.Value));
    }
}
