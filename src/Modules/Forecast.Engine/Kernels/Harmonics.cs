namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// A smooth season as waves of whole, half, third… of its length (Fourier), each counting as far as one season's wave is like another's: what
/// differs between them is noise and is taken off (Efron and Morris 1975).
/// </summary>
internal static class Harmonics
{
    /// <param name="y">Oldest first; the latest whole seasons are used, two at least.</param>
    /// <param name="length">Steps a season, not whole perhaps.</param>
    /// <param name="waves">Out: cosine and sine of each wave, the phase counted from the first step of <paramref name="y"/>.</param>
    /// <returns>False for less than two seasons.</returns>
    public static bool Fit(ReadOnlySpan<double> y, double length, Span<double> waves)
    {
        var (count, seasons) = (waves.Length / 2, (int)(y.Length / length));
        waves.Clear();
        if (seasons < 2)
            return false;
        Span<double> each = stackalloc double[waves.Length * seasons];
        Span<double> noise = stackalloc double[count];
        var (level, slope) = Line(y);
        for (var season = 0; season < seasons; season++)
        {
            var from = y.Length - (int)Math.Round((seasons - season) * length);
            var to = y.Length - (int)Math.Round((seasons - season - 1) * length);
            Project(y, from, to, level, slope, length, each.Slice(season * waves.Length, waves.Length));
        }
        for (var i = 0; i < each.Length; i++)
            waves[i % waves.Length] += each[i] / seasons;
        for (var i = 0; i < each.Length; i++)
        {
            var miss = each[i] - waves[i % waves.Length];
            noise[i % waves.Length / 2] += miss * miss / (seasons * (seasons - 1));
        }
        for (var wave = 0; wave < count; wave++)
        {
            // Two seasons say little of one wave's noise; its neighbours' is alike.
            var (sum, near) = (0.0, 0);
            for (var other = Math.Max(0, wave - 1); other <= Math.Min(count - 1, wave + 1); other++, near++)
                sum += noise[other];
            var power = (waves[2 * wave] * waves[2 * wave]) + (waves[(2 * wave) + 1] * waves[(2 * wave) + 1]);
            var share = power <= 0 ? 0 : Math.Max(0, 1 - (sum / near / power));
            waves[2 * wave] *= share;
            waves[(2 * wave) + 1] *= share;
        }
        return true;
    }

    /// <param name="at">Steps from the first one, not whole perhaps.</param>
    public static double At(ReadOnlySpan<double> waves, double length, double at)
    {
        var sum = 0.0;
        for (var wave = 0; wave < waves.Length / 2; wave++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (wave + 1) * at / length);
            sum += (waves[2 * wave] * cos) + (waves[(2 * wave) + 1] * sin);
        }
        return sum;
    }

    private static void Project(ReadOnlySpan<double> y, int from, int to, double level, double slope, double length, Span<double> waves)
    {
        for (var t = from; t < to; t++)
        {
            var value = y[t] - level - (slope * t);
            for (var wave = 0; wave < waves.Length / 2; wave++)
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * (wave + 1) * t / length);
                waves[2 * wave] += 2 * value * cos / (to - from);
                waves[(2 * wave) + 1] += 2 * value * sin / (to - from);
            }
        }
    }

    /// <summary>The line by least squares.</summary>
    private static (double Level, double Slope) Line(ReadOnlySpan<double> y)
    {
        double sumT = 0, sumY = 0, sumTT = 0, sumTY = 0;
        for (var t = 0; t < y.Length; t++)
        {
            sumT += t;
            sumY += y[t];
            sumTT += (double)t * t;
            sumTY += t * y[t];
        }
        var n = y.Length;
        var slope = ((n * sumTY) - (sumT * sumY)) / ((n * sumTT) - (sumT * sumT));
        return ((sumY - (slope * sumT)) / n, slope);
    }
}
