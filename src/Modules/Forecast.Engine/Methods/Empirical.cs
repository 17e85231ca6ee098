using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// What was seen will be seen: weighted quantiles of past values, which fade by a half-life, and count less at other places of the season.
/// For counts with many zeros little is better. No parameter is chosen by the series: with few sales there is nothing to choose by; which of
/// the settings serves is for the fleet to show. Cost: O(n) a step after one sort. History: 8 points. The same at every step of a place.
/// </summary>
/// <param name="halfLife">Steps after which a value counts half.</param>
/// <param name="elsewhere">How much a value at another place of the season counts.</param>
internal sealed class Empirical(string name, double halfLife, double elsewhere) : IMethod
{
    public string Name => name;

    public IFitted? Fit(History history)
    {
        var n = history.Length;
        if (n < 8 || (elsewhere < 1 && history.Period == 1))
            return null;
        var order = Enumerable.Range(0, n).ToArray();
        Array.Sort(history.Span.ToArray(), order);
        return new Fitted(this, history.Span.ToArray(), order, history.Period, (halfLife, elsewhere));
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

    private sealed record Fitted(Empirical Method, double[] Values, int[] Order, int Period, (double HalfLives, double Elsewhere) Setting) : IFitted
    {
        public string Model => "Quantiles of what was";

        public IFitted? Over(History history) => Method.Fit(history);

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
