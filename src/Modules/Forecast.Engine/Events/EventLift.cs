using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Events;

/// <summary>
/// By what factor events move each step of a history and of what comes after it: a regression of the days of events against the nearest
/// ordinary days of the same place in the season, with a logarithmic link and the variance of scattered counts (quasi-likelihood, Wedderburn
/// 1974; solved by reweighted least squares), drawn towards no effect by a prior worth a few examples. Cost: days of events × their columns.
/// </summary>
internal static class EventLift
{
    private const int Neighbours = 6, Farthest = 10, Passes = 6;

    // A single busy day of an event counts for up to 1 / Scatter, no effect for Prior.
    private const double Scatter = 0.1, Prior = 4, Most = 2;

    /// <returns>One factor a step over the history and as far as the columns reach; null where there are no events to learn from.</returns>
    public static double[]? Of(History history)
    {
        ReadOnlyMemory<double>[] columns = [.. history.Known.Where(column => column.Effect == Effect.Event).Select(column => column.Values)];
        if (columns.Length == 0)
            return null;
        var days = EventDays.Of(columns);
        var ordinary = Ordinary(history, days);
        int[] examples = [.. Enumerable.Range(0, history.Length).Where(t => ordinary[t] > 0.02)];
        if (examples.Length == 0 || Fit(history.Span, days, ordinary, examples, columns.Length) is not { } effects)
            return null;
        var factors = new double[days.Reach];
        for (var t = 0; t < factors.Length; t++)
            factors[t] = days.Any(t) ? Math.Exp(Math.Clamp(days.Sum(effects, t), -Most, Most)) : 1;
        return factors;
    }

    // The mean of the nearest steps on either side that have no event and are not closed; 0 where there are hardly any.
    private static double[] Ordinary(History history, EventDays days)
    {
        var y = history.Span;
        var means = new double[history.Length];
        var closed = new bool[history.Length];
        foreach (var column in history.Known.Where(column => column.Effect == Effect.Opening))
        {
            for (var t = 0; t < closed.Length; t++)
                closed[t] |= column.Values.Span[t] == 0;
        }
        foreach (var value in y)
        {
            if (value < 0)
                return means;
        }
        var stride = history.Period is > 1 and <= 31 ? history.Period : 1;
        for (var t = 0; t < means.Length; t++)
        {
            if (!days.Any(t) || closed[t])
                continue;
            var (sum, count) = (0.0, 0);
            for (var k = stride; k <= Farthest * stride && count < Neighbours; k += stride)
            {
                foreach (var near in (ReadOnlySpan<int>)[t - k, t + k])
                {
                    if (near >= 0 && near < means.Length && !days.Any(near) && !closed[near])
                        (sum, count) = (sum + y[near], count + 1);
                }
            }
            means[t] = count < 3 ? 0 : sum / count;
        }
        return means;
    }

    private static double[]? Fit(ReadOnlySpan<double> y, EventDays days, double[] ordinary, int[] examples, int columns)
    {
        var (gram, effects, right) = (new double[columns * columns], new double[columns], new double[columns]);
        for (var pass = 0; pass < Passes; pass++)
        {
            gram.AsSpan().Clear();
            right.AsSpan().Clear();
            foreach (var t in examples)
            {
                var linear = Math.Clamp(days.Sum(effects, t), -Most, Most);
                var mean = ordinary[t] * Math.Exp(linear);
                var weight = mean / (1 + (Scatter * mean));
                // One sale of hundreds says that the event can be large, not that it is.
                var working = linear + Math.Min((y[t] - mean) / mean, 3);
                days.Add(t, weight, working, gram, right);
            }
            for (var c = 0; c < columns; c++)
                gram[(c * columns) + c] += Prior;
            if (!NormalEquations.Factor(gram, columns))
                return null;
            NormalEquations.Solve(gram, right, columns);
            (effects, right) = (right, effects);
            if (Settled(effects, right))
                break;
        }
        return effects;
    }

    private static bool Settled(double[] effects, double[] before)
    {
        for (var c = 0; c < effects.Length; c++)
        {
            if (Math.Abs(effects[c] - before[c]) > 0.005)
                return false;
        }
        return true;
    }
}
