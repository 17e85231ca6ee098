namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// A season of fixed indices beside a smooth trend, from two periods on. The trend is a moving average of one period first and then, of what
/// has no season any more, a local line (Cleveland 1979) of some three quarters of a period to either side, which reaches the ends. An index
/// counts as far as years agree on it: it is drawn to nothing by how much of the indices' spread is noise (Efron and Morris 1975).
/// Cost: O(n × period).
/// </summary>
internal static class Decomposition
{
    /// <param name="y">History; take logarithms first for a season that multiplies.</param>
    /// <param name="indices">Out: one a place (place 0 is the first observation's), summing to 0.</param>
    /// <param name="rest">Scratch of twice the history's length.</param>
    /// <returns>How much of the indices' spread is season and not noise: 0 for none at all, 1 for all of it.</returns>
    public static double Season(ReadOnlySpan<double> y, int period, Span<double> indices, Span<double> rest)
    {
        var n = y.Length;
        indices[..period].Clear();
        if (period < 2 || n < 2 * period)
            return 0;
        var trend = rest[..n];
        var left = rest.Slice(n, n);
        Average(y, period, trend);
        Subtract(y, trend, left);
        Places(left, period, indices);
        for (var t = 0; t < n; t++)
            left[t] = y[t] - indices[t % period];
        Line(left, Math.Max(3, 3 * period / 4), trend);
        Subtract(y, trend, left);
        Places(left, period, indices);
        return Shrink(left, period, indices);
    }

    /// <summary>Centred averages of a period; towards the ends the last whole one goes on by half the slope it had.</summary>
    private static void Average(ReadOnlySpan<double> y, int period, Span<double> trend)
    {
        var (n, half) = (y.Length, period / 2);
        for (var t = half; t < n - half; t++)
        {
            var sum = 0.0;
            for (var k = -half; k <= half; k++)
                sum += y[t + k];
            if (period % 2 == 0)
                sum -= (y[t - half] + y[t + half]) / 2;
            trend[t] = sum / period;
        }
        var (first, last) = (half, n - half - 1);
        var reach = Math.Min(half, last - first);
        var (before, after) = reach == 0 ? (0, 0) : ((trend[first + reach] - trend[first]) / reach / 2, (trend[last] - trend[last - reach]) / reach / 2);
        for (var t = 0; t < half; t++)
        {
            trend[t] = trend[first] - ((first - t) * before);
            trend[n - 1 - t] = trend[last] + ((n - 1 - t - last) * after);
        }
    }

    private static void Subtract(ReadOnlySpan<double> y, ReadOnlySpan<double> trend, Span<double> left)
    {
        for (var t = 0; t < y.Length; t++)
            left[t] = y[t] - trend[t];
    }

    private static void Places(ReadOnlySpan<double> left, int period, Span<double> indices)
    {
        var all = 0.0;
        for (var place = 0; place < period; place++)
        {
            var (sum, count) = (0.0, 0);
            for (var t = place; t < left.Length; t += period)
            {
                sum += left[t];
                count++;
            }
            indices[place] = sum / count;
            all += indices[place] / period;
        }
        for (var place = 0; place < period; place++)
            indices[place] -= all;
    }

    /// <summary>A weighted line through the neighbours of each step, the weights falling with the distance as Cleveland's.</summary>
    public static void Line(ReadOnlySpan<double> y, int reach, Span<double> line)
    {
        for (var t = 0; t < y.Length; t++)
        {
            // At the ends the window keeps its width, to one side.
            var (from, to) = (Math.Max(0, t - reach), Math.Min(y.Length - 1, t + reach));
            var width = Math.Max(t - from, to - t) + 1.0;
            double sum = 0, sumX = 0, sumXX = 0, sumY = 0, sumXY = 0;
            for (var k = from; k <= to; k++)
            {
                var (x, far) = (k - t, Math.Abs(k - t) / width);
                var weight = 1 - (far * far * far);
                weight *= weight * weight;
                sum += weight;
                sumX += weight * x;
                sumXX += weight * x * x;
                sumY += weight * y[k];
                sumXY += weight * x * y[k];
            }
            var spread = (sum * sumXX) - (sumX * sumX);
            line[t] = spread > 1e-12 * sumXX * sum ? ((sumXX * sumY) - (sumX * sumXY)) / spread : sumY / sum;
        }
    }

    private static double Shrink(ReadOnlySpan<double> left, int period, Span<double> indices)
    {
        var n = left.Length;
        double noise = 0, spread = 0;
        for (var t = 0; t < n; t++)
            noise += (left[t] - indices[t % period]) * (left[t] - indices[t % period]);
        for (var place = 0; place < period; place++)
            spread += indices[place] * indices[place];
        noise /= Math.Max(1, n - period);
        spread /= period - 1;
        var years = n / (double)period;
        if (spread <= 0)
            return 0;
        var share = Math.Clamp(1 - (noise / years / spread), 0, 1);
        for (var place = 0; place < period; place++)
            indices[place] *= share;
        return share;
    }
}
