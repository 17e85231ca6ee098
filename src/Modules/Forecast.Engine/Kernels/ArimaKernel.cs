using System.Numerics;

namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// Autoregression and moving averages, seasonal or not: φ(B)Φ(Bᵐ) w = θ(B)Θ(Bᵐ) e, as one sparse recursion e(t) = w(t) − Σ a w(t − i) −
/// Σ b e(t − j), with nothing before the first observation. One pass in O(n × terms).
/// </summary>
internal static class ArimaKernel
{
    /// <summary>Coefficients of a stationary autoregression from its partial autocorrelations, each within ±1 (Durbin 1960, Monahan 1984).</summary>
    public static void Stationary(ReadOnlySpan<double> partial, Span<double> coefficients)
    {
        Span<double> before = stackalloc double[partial.Length];
        for (var k = 0; k < partial.Length; k++)
        {
            coefficients[..k].CopyTo(before);
            coefficients[k] = partial[k];
            for (var i = 0; i < k; i++)
                coefficients[i] = before[i] - (partial[k] * before[k - 1 - i]);
        }
    }

    /// <summary>The terms of (1 − Σ a Bⁱ)(1 − Σ s Bᵐⁱ), as what is taken from the recursion at each lag.</summary>
    /// <returns>How many terms there are.</returns>
    public static int Multiply(ReadOnlySpan<double> plain, ReadOnlySpan<double> seasonal, int period, Span<int> lags, Span<double> terms)
    {
        var count = 0;
        for (var s = 0; s <= seasonal.Length; s++)
        {
            for (var i = 0; i <= plain.Length; i++)
            {
                if (s + i == 0)
                    continue;
                (lags[count], terms[count]) = ((s * period) + i, s == 0 ? plain[i - 1] : i == 0 ? seasonal[s - 1] : -plain[i - 1] * seasonal[s - 1]);
                count++;
            }
        }
        return count;
    }

    /// <param name="w">Differenced and without its mean.</param>
    /// <param name="errors">Out: one a step.</param>
    public static void Errors(
        ReadOnlySpan<double> w, ReadOnlySpan<int> fromLags, ReadOnlySpan<double> from, ReadOnlySpan<int> ofLags, ReadOnlySpan<double> of, Span<double> errors)
    {
        w.CopyTo(errors);
        for (var i = 0; i < from.Length; i++)
            Subtract(from[i], w, errors, Math.Min(fromLags[i], w.Length));
        var reach = 0;
        foreach (var lag in ofLags)
            reach = Math.Max(reach, lag);
        for (var t = 0; t < Math.Min(reach, w.Length); t++)
        {
            for (var i = 0; i < of.Length; i++)
                errors[t] -= ofLags[i] <= t ? of[i] * errors[t - ofLags[i]] : 0;
        }
        for (var t = reach; t < w.Length; t++)
        {
            var error = errors[t];
            for (var i = 0; i < of.Length; i++)
                error -= of[i] * errors[t - ofLags[i]];
            errors[t] = error;
        }
    }

    /// <summary>errors(t) −= factor × w(t − lag), many steps at once.</summary>
    private static void Subtract(double factor, ReadOnlySpan<double> w, Span<double> errors, int lag)
    {
        var source = w[..^lag];
        var target = errors[lag..];
        var t = 0;
        for (; t <= source.Length - Vector<double>.Count; t += Vector<double>.Count)
            (new Vector<double>(target[t..]) - (factor * new Vector<double>(source[t..]))).CopyTo(target[t..]);
        for (; t < source.Length; t++)
            target[t] -= factor * source[t];
    }

    /// <summary>Differences at a lag, in place from the end.</summary>
    /// <returns>How many are left; they stand at the beginning.</returns>
    public static int Difference(Span<double> values, int lag)
    {
        for (var t = 0; t + lag < values.Length; t++)
            values[t] = values[t + lag] - values[t];
        return Math.Max(0, values.Length - lag);
    }

    /// <summary>The statistic of Kwiatkowski, Phillips, Schmidt and Shin 1992 for a level: above 0.463 it is not stationary at 5 %.</summary>
    public static double Kpss(ReadOnlySpan<double> y)
    {
        var (n, mean) = (y.Length, 0.0);
        foreach (var value in y)
            mean += value / n;
        var (sum, squares, variance) = (0.0, 0.0, 0.0);
        foreach (var value in y)
        {
            sum += value - mean;
            squares += sum * sum;
            variance += (value - mean) * (value - mean);
        }
        var lags = (int)(3 * Math.Sqrt(n) / 13);
        for (var lag = 1; lag <= lags; lag++)
        {
            var product = 0.0;
            for (var t = lag; t < n; t++)
                product += (y[t] - mean) * (y[t - lag] - mean);
            variance += 2 * (1 - (lag / (lags + 1.0))) * product;
        }
        return variance <= 0 ? 0 : squares / n / variance;
    }
}
