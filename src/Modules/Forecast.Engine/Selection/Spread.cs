namespace EPM.Forecast.Engine.Selection;

/// <summary>By how much to widen below and above the median, so that the past misses of all series would have cost least.</summary>
internal static class Spread
{
    private static readonly double[] Factors = [.. Enumerable.Range(0, 31).Select(i => 0.5 + (0.05 * i))];

    public static (double Below, double Above) Of(IReadOnlyList<Tryout> tried, double[][] weights)
    {
        var (low, high) = (new double[Factors.Length], new double[Factors.Length]);
        for (var i = 0; i < tried.Count; i++)
        {
            for (var origin = 0; origin < tried[i].Backs.Count; origin++)
            {
                if (tried[i].Said[origin].All(said => said is null))
                    continue;
                Add(Combination.Of(tried[i].Said[origin], weights[i]), tried[i].Came(origin), tried[i].Scale, low, high);
            }
        }
        return (Factors[Array.IndexOf(low, low.Min())], Factors[Array.IndexOf(high, high.Min())]);
    }

    private static void Add(Prediction said, ReadOnlySpan<double> came, double scale, double[] low, double[] high)
    {
        for (var step = 0; step < came.Length; step++)
        {
            var (p10, p50, p90) = (said[step, Prediction.P10], said[step, Prediction.Median], said[step, Prediction.P90]);
            var floor = p10 >= 0 ? 0 : double.NegativeInfinity;
            for (var f = 0; f < Factors.Length; f++)
            {
                low[f] += Backtest.Pinball(came[step], Math.Max(floor, p50 - (Factors[f] * (p50 - p10))), 0.1) / scale / came.Length;
                high[f] += Backtest.Pinball(came[step], p50 + (Factors[f] * (p90 - p50)), 0.9) / scale / came.Length;
            }
        }
    }
}
