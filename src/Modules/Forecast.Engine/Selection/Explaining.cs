using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// Takes a forecast's means apart, additively: what each kind of known column moves them by (the difference that leaving it out makes, one
/// after the other), and of the rest a level, a line, and the season as what is left. The parts sum to the mean by construction.
/// </summary>
internal static class Explaining
{
    private static readonly Effect[] Order = [Effect.Promotion, Effect.Price, Effect.Event, Effect.Other, Effect.Opening];

    public static Explanation Of(Prediction prediction, IReadOnlyList<IFitted?> fitted, ReadOnlySpan<double> weights, int period)
    {
        var horizon = prediction.Horizon;
        var parts = Order.Select(_ => new double[horizon]).ToArray();
        var rest = prediction.Mean.ToArray();
        for (var m = 0; m < fitted.Count; m++)
        {
            if (weights[m] <= 0 || fitted[m] is not IExplained heeding)
                continue;
            var without = new HashSet<Effect>();
            var before = heeding.MeanWithout(horizon, without);
            for (var i = 0; i < Order.Length; i++)
            {
                without.Add(Order[i]);
                var after = heeding.MeanWithout(horizon, without);
                for (var step = 0; step < horizon; step++)
                {
                    var moved = weights[m] * (before[step] - after[step]);
                    parts[i][step] += moved;
                    rest[step] -= moved;
                }
                before = after;
            }
        }
        var (level, trend, season) = Split(rest, period);
        var other = parts[3].Zip(parts[4], (one, two) => one + two).ToArray();
        return new Explanation(level, trend, season, parts[2], parts[1], parts[0], other);
    }

    private static (double[] Level, double[] Trend, double[] Season) Split(double[] rest, int period)
    {
        var horizon = rest.Length;
        // Over whole seasons only, or the season would be taken for a trend.
        var whole = horizon / period * period;
        var slope = whole >= 2 * period && whole > 2 ? Slope(rest, period, whole) : 0;
        var count = whole > 0 ? whole : horizon;
        var level = 0.0;
        for (var step = 0; step < count; step++)
            level += (rest[step] - (slope * step)) / count;
        var (levels, trends, seasons) = (new double[horizon], new double[horizon], new double[horizon]);
        for (var step = 0; step < horizon; step++)
        {
            (levels[step], trends[step]) = (level, slope * step);
            seasons[step] = rest[step] - level - (slope * step);
        }
        return (levels, trends, seasons);
    }

    // The mean change from one season to the next, per step.
    private static double Slope(double[] rest, int period, int whole)
    {
        var sum = 0.0;
        for (var step = period; step < whole; step++)
            sum += (rest[step] - rest[step - period]) / period;
        return sum / (whole - period);
    }
}
