using System.Runtime.CompilerServices;

namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// The innovations state space recursion of exponential smoothing (Hyndman, Koehler, Ord and Snyder 2008, tables 2.2 and 2.3), one pass in
/// O(n) without allocation. With forecast μ and miss y − μ, level, trend and the season of the place in turn move by α, β and γ times the
/// miss in their own unit. Whether errors add or multiply changes the likelihood, not the states.
/// </summary>
internal static class EtsKernel
{
    private const double Tiny = 1e-10;

    /// <param name="y">History, oldest first.</param>
    /// <param name="level">In: before the first observation; out: after the last.</param>
    /// <param name="trend">As level.</param>
    /// <param name="season">One value a place in the period; the one for the first observation at 0. Out: the next one at n mod period.</param>
    /// <param name="means">Where the one step forecasts go, or empty.</param>
    /// <returns>
    /// Σe² for additive errors; for multiplicative ones Σe² times the squared geometric mean of the forecasts, so that n times its logarithm is
    /// minus twice the log likelihood for both. Infinity where the model breaks down.
    /// </returns>
    public static double Run(
        EtsShape shape, ReadOnlySpan<double> y, in Smoothing by, ref double level, ref double trend, Span<double> season, Span<double> means) => shape.Season switch
        {
            Form.None => Run<Without>(shape, y, by, ref level, ref trend, season, means),
            Form.Additive => Run<Added>(shape, y, by, ref level, ref trend, season, means),
            _ => Run<Multiplied>(shape, y, by, ref level, ref trend, season, means),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<TSeason>(
        EtsShape shape, ReadOnlySpan<double> y, in Smoothing by, ref double level, ref double trend, Span<double> season, Span<double> means)
    {
        var (alpha, beta, gamma, phi) = (by.Alpha, shape.Trend ? by.Beta : 0, by.Gamma, shape.Trend ? by.Phi : 0);
        var multiplied = shape.Error == Form.Multiplicative;
        var (squares, logs, product, place) = (0.0, 0.0, 1.0, 0);
        var (l, b) = (level, trend);
        for (var t = 0; t < y.Length; t++)
        {
            var slope = phi * b;
            var basis = l + slope;
            var s = typeof(TSeason) == typeof(Without) ? 0 : season[place];
            var mean = typeof(TSeason) == typeof(Multiplied) ? basis * s : basis + s;
            var miss = y[t] - mean;
            if (means.Length > 0)
                means[t] = mean;
            if (multiplied)
            {
                if (mean <= Tiny)
                    return double.PositiveInfinity;
                squares += miss / mean * (miss / mean);
                product *= mean;
                if (product is > 1e200 or < 1e-200)
                {
                    logs += Math.Log(product);
                    product = 1;
                }
            }
            else
            {
                squares += miss * miss;
            }
            if (typeof(TSeason) == typeof(Multiplied))
            {
                if (Math.Abs(s) <= Tiny || Math.Abs(basis) <= Tiny)
                    return double.PositiveInfinity;
                var ofLevel = miss / s;
                l = basis + (alpha * ofLevel);
                b = slope + (beta * ofLevel);
                season[place] = s + (gamma * (miss / basis));
            }
            else
            {
                l = basis + (alpha * miss);
                b = slope + (beta * miss);
                if (typeof(TSeason) == typeof(Added))
                    season[place] = s + (gamma * miss);
            }
            if (typeof(TSeason) != typeof(Without) && ++place == shape.Period)
                place = 0;
        }
        (level, trend) = (l, b);
        if (multiplied)
            squares *= Math.Exp(2 * (logs + Math.Log(product)) / y.Length);
        return double.IsFinite(squares) ? squares : double.PositiveInfinity;
    }

    /// <summary>The forecasts without further errors.</summary>
    public static void Means(EtsShape shape, double phi, double level, double trend, ReadOnlySpan<double> season, int place, Span<double> means)
    {
        for (var step = 0; step < means.Length; step++)
        {
            trend *= shape.Trend ? phi : 0;
            level += trend;
            means[step] = shape.Season switch { Form.Additive => level + season[place], Form.Multiplicative => level * season[place], _ => level };
            if (shape.Season != Form.None && ++place == shape.Period)
                place = 0;
        }
    }

    internal readonly struct Without;

    internal readonly struct Added;

    internal readonly struct Multiplied;
}

/// <summary>How fast level, trend and season follow, and how fast the trend fades (1: never).</summary>
internal readonly record struct Smoothing(double Alpha, double Beta, double Gamma, double Phi);
