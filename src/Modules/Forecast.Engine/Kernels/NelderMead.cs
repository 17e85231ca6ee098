namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// Minimises a function of a few bounded parameters without derivatives (Nelder and Mead 1965, with the adaptive coefficients of Gao and
/// Han 2012). Points outside the bounds are moved onto them. All memory is the caller's.
/// </summary>
internal static class NelderMead
{
    public delegate double Cost<TState>(ReadOnlySpan<double> at, TState state)
        where TState : allows ref struct;

    /// <summary>Doubles of scratch that <see cref="Minimise"/> needs for so many parameters.</summary>
    public static int ScratchFor(int parameters) => ((parameters + 1) * (parameters + 1)) + (3 * parameters);

    /// <param name="at">The start; on return the best point found.</param>
    /// <param name="evaluations">At most so many calls of the function.</param>
    /// <returns>The function's value there.</returns>
    public static double Minimise<TState>(
        Cost<TState> cost, TState state, Span<double> at, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double tolerance, int evaluations, Span<double> scratch)
        where TState : allows ref struct
    {
        var n = at.Length;
        if (n == 0)
            return cost(at, state);
        var (expand, contract, shrink) = (1 + (2.0 / n), 0.75 - (0.5 / n), 1 - (1.0 / n));
        if (n == 1)
            (expand, contract, shrink) = (2, 0.5, 0.5);
        var points = scratch[..((n + 1) * n)];
        var values = scratch.Slice((n + 1) * n, n + 1);
        var centre = scratch.Slice((n + 1) * (n + 1), n);
        var tried = scratch.Slice(((n + 1) * (n + 1)) + n, n);
        var further = scratch.Slice(((n + 1) * (n + 1)) + (2 * n), n);
        for (var i = 0; i <= n; i++)
        {
            var point = points.Slice(i * n, n);
            at.CopyTo(point);
            if (i > 0)
            {
                var step = 0.15 * (upper[i - 1] - lower[i - 1]);
                point[i - 1] = point[i - 1] + step <= upper[i - 1] ? point[i - 1] + step : point[i - 1] - step;
            }
            values[i] = cost(point, state);
        }
        var used = n + 1;
        while (used < evaluations)
        {
            var (best, worst, second) = Order(values);
            if (values[worst] - values[best] <= tolerance * (Math.Abs(values[best]) + tolerance))
                break;
            centre.Clear();
            for (var i = 0; i <= n; i++)
            {
                if (i == worst)
                    continue;
                for (var j = 0; j < n; j++)
                    centre[j] += points[(i * n) + j] / n;
            }
            var bad = points.Slice(worst * n, n);
            Move(centre, bad, -1, tried, lower, upper);
            var value = cost(tried, state);
            used++;
            if (value < values[best])
            {
                Move(centre, bad, -expand, further, lower, upper);
                var farther = cost(further, state);
                used++;
                (farther < value ? further : tried).CopyTo(bad);
                values[worst] = Math.Min(value, farther);
                continue;
            }
            if (value < values[second])
            {
                tried.CopyTo(bad);
                values[worst] = value;
                continue;
            }
            Move(centre, bad, value < values[worst] ? -contract : contract, further, lower, upper);
            var nearer = cost(further, state);
            used++;
            if (nearer < Math.Min(value, values[worst]))
            {
                further.CopyTo(bad);
                values[worst] = nearer;
                continue;
            }
            for (var i = 0; i <= n; i++)
            {
                if (i == best)
                    continue;
                for (var j = 0; j < n; j++)
                    points[(i * n) + j] = points[(best * n) + j] + (shrink * (points[(i * n) + j] - points[(best * n) + j]));
                values[i] = cost(points.Slice(i * n, n), state);
                used++;
            }
        }
        var (least, _, _) = Order(values);
        points.Slice(least * n, n).CopyTo(at);
        return values[least];
    }

    private static void Move(ReadOnlySpan<double> centre, ReadOnlySpan<double> from, double by, Span<double> to, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        for (var j = 0; j < centre.Length; j++)
            to[j] = Math.Clamp(centre[j] + (by * (from[j] - centre[j])), lower[j], upper[j]);
    }

    private static (int Best, int Worst, int Second) Order(ReadOnlySpan<double> values)
    {
        var (best, worst) = values[0] <= values[1] ? (0, 1) : (1, 0);
        var second = best;
        for (var i = 2; i < values.Length; i++)
        {
            if (values[i] < values[best])
                best = i;
            if (values[i] > values[worst])
                (second, worst) = (worst, i);
            else if (second == worst || values[i] > values[second])
                second = i;
        }
        return (best, worst, second);
    }
}
