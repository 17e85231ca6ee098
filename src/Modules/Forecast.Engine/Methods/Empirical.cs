using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// What was seen will be seen: weighted quantiles of past values, the recent ones and those of the same place in the season counting more.
/// How much more is what would have been best before. For counts with many zeros nothing simple is better. Cost: O(n) a setting and origin
/// after one sort. History: 8 points. The same at every step of a place.
/// </summary>
internal sealed class Empirical : IMethod
{
    private const int Origins = 40;

    private static readonly (double HalfLives, double Elsewhere)[] Settings =
        [.. from half in new[] { 6.0, 12, 26, 60, 150, 1e6 } from elsewhere in new[] { 0.02, 0.25, 1 } select (half, elsewhere)];

    public string Name => "empirical";

    public IFitted? Fit(History history)
    {
        var n = history.Length;
        if (n < 8)
            return null;
        var values = history.Span.ToArray();
        var order = Enumerable.Range(0, n).ToArray();
        var keys = history.Span.ToArray();
        Array.Sort(keys, order);
        var (best, least) = (Settings[^1], double.PositiveInfinity);
        Span<double> quantiles = stackalloc double[3];
        foreach (var setting in Settings)
        {
            if (history.Period == 1 && setting.Elsewhere < 1)
                continue;
            var loss = 0.0;
            var count = Math.Min(Origins, n / 2);
            for (var i = 0; i < count; i++)
            {
                var target = n - 1 - (i * Math.Max(1, (n / 2 / count)));
                var known = target - Math.Min(n / 8, 7);
                if (known < 4)
                    break;
                Read(values, order, known, target % history.Period, history.Period, setting, [0.1, 0.5, 0.9], quantiles);
                loss += Pinball(values[target], quantiles);
            }
            if (loss < least)
                (best, least) = (setting, loss);
        }
        return new Fitted(values, order, history.Period, best);
    }

    private static double Pinball(double y, ReadOnlySpan<double> at)
    {
        ReadOnlySpan<double> levels = [0.1, 0.5, 0.9];
        var sum = 0.0;
        for (var i = 0; i < 3; i++)
            sum += y >= at[i] ? levels[i] * (y - at[i]) : (1 - levels[i]) * (at[i] - y);
        return sum;
    }

    private static double Read(
        ReadOnlySpan<double> values, ReadOnlySpan<int> order, int known, int place, int period, (double HalfLives, double Elsewhere) setting, ReadOnlySpan<double> levels, Span<double> quantiles)
    {
        var fade = Math.Pow(0.5, 1 / setting.HalfLives);
        Span<double> weights = known <= 2048 ? stackalloc double[known] : new double[known];
        var (weight, total, mean) = (1.0, 0.0, 0.0);
        for (var t = known - 1; t >= 0; t--)
        {
            weights[t] = t % period == place ? weight : weight * setting.Elsewhere;
            total += weights[t];
            mean += weights[t] * values[t];
            weight = Math.Max(weight * fade, 1e-6);
        }
        var (sum, level, before) = (0.0, 0, double.NaN);
        foreach (var t in order)
        {
            if (t >= known)
                continue;
            sum += weights[t];
            while (level < levels.Length && sum >= levels[level] * total)
                quantiles[level++] = values[t];
            before = values[t];
        }
        while (level < levels.Length)
            quantiles[level++] = before;
        return mean / total;
    }

    private sealed record Fitted(double[] Values, int[] Order, int Period, (double HalfLives, double Elsewhere) Setting) : IFitted
    {
        public string Model => "Quantiles of what was";

        public IFitted? Over(History history) => new Empirical().Fit(history);

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            var levels = Prediction.Levels.ToArray();
            for (var step = 0; step < horizon; step++)
            {
                if (step >= Period)
                {
                    prediction.At(step - Period).CopyTo(prediction.Quantiles.AsSpan(step * levels.Length));
                    prediction.Mean[step] = prediction.Mean[step - Period];
                    continue;
                }
                prediction.Mean[step] = Read(Values, Order, Values.Length, (Values.Length + step) % Period, Period, Setting, levels, prediction.Quantiles.AsSpan(step * levels.Length, levels.Length));
            }
            return prediction;
        }
    }
}
