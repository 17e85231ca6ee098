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
    private const int Neighbours = 6, Farthest = 10, Passes = 5;

    // A single busy day of an event counts for up to 1 / Scatter, no effect for Prior.
    private const double Scatter = 0.1, Prior = 4, Most = 2;

    /// <returns>One factor a step over the history and as far as the columns reach; null where there are no events to learn from.</returns>
    public static double[]? Of(History history)
    {
        var columns = history.Known.Where(column => column.Effect == Effect.Event).Select(column => column.Values).ToArray();
        if (columns.Length == 0)
            return null;
        var reach = columns.Min(column => column.Length);
        var rows = new List<(int Column, double Value)>?[reach];
        for (var c = 0; c < columns.Length; c++)
        {
            var values = columns[c].Span[..reach];
            for (var t = 0; t < reach; t++)
            {
                if (values[t] != 0)
                    (rows[t] ??= []).Add((c, values[t]));
            }
        }
        var ordinary = Ordinary(history, rows);
        var examples = Enumerable.Range(0, history.Length).Where(t => rows[t] is not null && ordinary[t] > 0.02).ToArray();
        if (examples.Length == 0 || Fit(history.Span, rows, ordinary, examples, columns.Length) is not { } effects)
            return null;
        var factors = new double[reach];
        for (var t = 0; t < reach; t++)
            factors[t] = rows[t] is { } row ? Math.Exp(Math.Clamp(Sum(effects, row), -Most, Most)) : 1;
        return factors;
    }

    // The mean of the nearest steps on either side that have no event and are not closed; 0 where there are hardly any.
    private static double[] Ordinary(History history, List<(int, double)>?[] rows)
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
            if (rows[t] is null || closed[t])
                continue;
            var (sum, count) = (0.0, 0);
            for (var k = stride; k <= Farthest * stride && count < Neighbours; k += stride)
            {
                foreach (var near in (ReadOnlySpan<int>)[t - k, t + k])
                {
                    if (near >= 0 && near < means.Length && rows[near] is null && !closed[near])
                        (sum, count) = (sum + y[near], count + 1);
                }
            }
            means[t] = count < 3 ? 0 : sum / count;
        }
        return means;
    }

    private static double[]? Fit(ReadOnlySpan<double> y, List<(int Column, double Value)>?[] rows, double[] ordinary, int[] examples, int columns)
    {
        var (gram, effects, right) = (new double[columns * columns], new double[columns], new double[columns]);
        for (var pass = 0; pass < Passes; pass++)
        {
            gram.AsSpan().Clear();
            right.AsSpan().Clear();
            foreach (var t in examples)
            {
                var row = rows[t]!;
                var linear = Math.Clamp(Sum(effects, row), -Most, Most);
                var mean = ordinary[t] * Math.Exp(linear);
                var weight = mean / (1 + (Scatter * mean));
                // One sale of hundreds says that the event can be large, not that it is.
                var working = linear + Math.Min((y[t] - mean) / mean, 3);
                foreach (var (i, a) in row)
                {
                    right[i] += weight * a * working;
                    foreach (var (j, b) in row)
                    {
                        if (j <= i)
                            gram[(i * columns) + j] += weight * a * b;
                    }
                }
            }
            for (var c = 0; c < columns; c++)
                gram[(c * columns) + c] += Prior;
            if (!NormalEquations.Factor(gram, columns))
                return null;
            NormalEquations.Solve(gram, right, columns);
            (effects, right) = (right, effects);
        }
        return effects;
    }

    private static double Sum(double[] effects, List<(int Column, double Value)> row)
    {
        var sum = 0.0;
        foreach (var (column, value) in row)
            sum += effects[column] * value;
        return sum;
    }
}
