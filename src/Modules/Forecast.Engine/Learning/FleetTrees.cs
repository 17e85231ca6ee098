using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// Boosted trees over all series (<see cref="BoostedTrees"/>), each row a series, an origin and a target up to the horizon ahead, as the
/// winners of M5 learnt (Makridakis, Spiliotis and Assimakopoulos 2022): what they add to the regression is what is not linear and what
/// series have in common. Cost: a bounded number of rows for a whole fleet. History: 30 points, ten series. Negative values: refused.
/// </summary>
internal sealed class FleetTrees : IFleetMethod
{
    private const int FewestSeries = 10;
    private const int FewestPoints = 30;
    private const int MostRows = 24_000;
    private const int RowsOfOne = 250;
    private const int Rounds = 60;

    public string Name => "trees";

    public IFitted?[] Fit(IReadOnlyList<History?> fleet, IReadOnlyList<int> horizons, IReadOnlyList<IFitted?> regressions, int threads, CancellationToken ct)
    {
        var fitted = new IFitted?[fleet.Count];
        var cells = new CellFeatures?[fleet.Count];
        for (var i = 0; i < fleet.Count; i++)
        {
            if (fleet[i] is { } history && history.Length >= FewestPoints && !history.Span.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon))
                cells[i] = new CellFeatures(history, regressions[i] as RegressionFitted, history.Length);
        }
        var able = cells.Count(cell => cell is not null);
        if (able < FewestSeries)
            return fitted;
        var features = CellFeatures.Count(fleet.Max(history => history?.Known.Count ?? 0));
        var trees = Learn(fleet, horizons, cells, features, Math.Min(RowsOfOne, MostRows / able), ct);
        for (var i = 0; i < fleet.Count; i++)
        {
            if (cells[i] is not null)
                fitted[i] = new TreesFitted(trees, fleet[i]!, regressions[i] as RegressionFitted, features);
        }
        return fitted;
    }

    private static BoostedTrees Learn(IReadOnlyList<History?> fleet, IReadOnlyList<int> horizons, CellFeatures?[] cells, int features, int rowsOfOne, CancellationToken ct)
    {
        var (rows, targets, weights) = (new List<float>(), new List<float>(), new List<float>());
        var row = new float[features];
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is not { } cell)
                continue;
            var draw = new Random(unchecked((i * 31) + 7));
            var y = fleet[i]!.Span;
            var taken = Math.Min(rowsOfOne, 2 * y.Length);
            for (var k = 0; k < taken; k++)
            {
                // The late targets more often than the early ones: they are what is asked for.
                var target = y.Length - 1 - (int)((y.Length - 12) * Math.Pow(draw.NextDouble(), 1.5));
                var origin = target - draw.Next(Math.Min(horizons[i], target - 8));
                if (cell.IsClosed(target))
                    continue;
                var unit = cell.Unit(origin, target);
                cell.Fill(origin, target, row);
                rows.AddRange(row);
                targets.Add((float)Math.Min(y[target] / unit, 50));
                weights.Add((float)Math.Clamp(unit / cell.Scale, 0.05, 5));
            }
        }
        return BoostedTrees.Fit(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows), features, [.. targets], [.. weights], Rounds, ct);
    }
}

/// <summary>The fleet's trees at the end of one series.</summary>
internal sealed record TreesFitted(BoostedTrees Trees, History History, RegressionFitted? Regression, int Features) : IFitted
{
    public string Model => "Boosted trees over all series";

    public IFitted? Over(History history) => this with { History = history };

    public Prediction Forecast(int horizon)
    {
        var prediction = Prediction.Empty(horizon);
        var cell = new CellFeatures(History, Regression, History.Length + horizon);
        var row = new float[Features];
        Span<double> learnt = stackalloc double[BoostedTrees.Levels.Length];
        for (var step = 0; step < horizon; step++)
        {
            var target = History.Length + step;
            if (cell.IsClosed(target))
                continue;
            cell.Fill(History.Length, target, row);
            Trees.Predict(row, learnt);
            var unit = cell.Unit(History.Length, target);
            var mean = 0.0;
            for (var level = 0; level < Prediction.Levels.Count; level++)
            {
                prediction[step, level] = Math.Max(0, unit * TreeQuantiles.At(learnt, Prediction.Levels[level]));
                mean += level is > 1 and < 11 ? prediction[step, level] / 9 : 0;
            }
            prediction.Mean[step] = mean;
        }
        return prediction;
    }
}
