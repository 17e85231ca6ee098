namespace EPM.Forecast.Engine.Kernels;

/// <summary>Classical decomposition (Kendall and Stuart 1983): a centred moving average over the period, and what is left by place in it.</summary>
internal static class Seasonality
{
    /// <summary>
    /// Whether the autocorrelation at the period stands out at 90 %, as the Theta method asks (Assimakopoulos and Nikolopoulos 2000).
    /// Needs three whole periods.
    /// </summary>
    public static bool IsPresent(ReadOnlySpan<double> y, int period)
    {
        if (period < 2 || y.Length < 3 * period)
            return false;
        var mean = 0.0;
        foreach (var value in y)
            mean += value / y.Length;
        var variance = 0.0;
        foreach (var value in y)
            variance += (value - mean) * (value - mean);
        if (variance <= 0)
            return false;
        var (squares, last) = (0.0, 0.0);
        for (var lag = 1; lag <= period; lag++)
        {
            last = 0;
            for (var t = lag; t < y.Length; t++)
                last += (y[t] - mean) * (y[t - lag] - mean);
            last /= variance;
            if (lag < period)
                squares += last * last;
        }
        return Math.Abs(last) > 1.645 * Math.Sqrt((1 + (2 * squares)) / y.Length);
    }

    /// <summary>One index a place in the period (place 0 is the first observation's), summing to 0 or averaging 1.</summary>
    /// <param name="trend">Scratch of the history's length.</param>
    /// <returns>False where the indices would divide by nothing.</returns>
    public static bool Indices(ReadOnlySpan<double> y, int period, bool multiplicative, Span<double> indices, Span<double> trend)
    {
        var half = period / 2;
        for (var t = 0; t < y.Length; t++)
        {
            if (t < half || t >= y.Length - half)
            {
                trend[t] = double.NaN;
                continue;
            }
            var sum = 0.0;
            for (var k = -half; k <= half; k++)
                sum += y[t + k] * (period % 2 == 0 && Math.Abs(k) == half ? 0.5 : 1);
            trend[t] = sum / period;
        }
        var total = 0.0;
        for (var place = 0; place < period; place++)
        {
            var (sum, count) = (0.0, 0);
            for (var t = place; t < y.Length; t += period)
            {
                if (double.IsNaN(trend[t]))
                    continue;
                if (multiplicative && trend[t] <= 0)
                    return false;
                sum += multiplicative ? y[t] / trend[t] : y[t] - trend[t];
                count++;
            }
            if (count == 0)
                return false;
            indices[place] = sum / count;
            total += indices[place];
        }
        for (var place = 0; place < period; place++)
        {
            if (multiplicative && total <= 0)
                return false;
            indices[place] = multiplicative ? Math.Max(indices[place] * period / total, 0.01) : indices[place] - (total / period);
        }
        return true;
    }
}
