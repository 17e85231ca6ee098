namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// What is expected of demand that comes now and then, one pass in O(n): means[t] is what was expected of step t before it came, and the
/// last one, at n, is what is expected from then on.
/// </summary>
internal static class Intermittent
{
    private const double Few = 4;

    /// <summary>A level of everything, zeros as well, in units of what the place in the season usually has.</summary>
    /// <param name="factors">One a place; a place that has nothing teaches nothing.</param>
    public static void Level(ReadOnlySpan<double> y, ReadOnlySpan<double> factors, double alpha, double first, Span<double> means)
    {
        var (level, place) = (first, 0);
        for (var t = 0; t < y.Length; t++)
        {
            means[t] = level;
            var factor = factors[place];
            // A weak day tells less of the level than a strong one.
            if (factor > 0.05)
                level += alpha * Math.Min(1, factor) * ((y[t] / factor) - level);
            if (++place == factors.Length)
                place = 0;
        }
        means[y.Length] = level;
    }

    /// <summary>
    /// Size of a demand over the time between demands, both smoothed when one comes (Croston 1972), times 1 − α / 2 where it is to be unbiased
    /// (Syntetos and Boylan 2005).
    /// </summary>
    public static void Croston(ReadOnlySpan<double> y, double alpha, bool unbiased, Span<double> means)
    {
        var (size, gap, since, begun) = (0.0, 1.0, 0, false);
        var share = unbiased ? 1 - (alpha / 2) : 1;
        for (var t = 0; t < y.Length; t++)
        {
            means[t] = begun ? share * size / gap : 0;
            since++;
            if (y[t] <= 0)
                continue;
            (size, gap) = begun ? (size + (alpha * (y[t] - size)), gap + (alpha * (since - gap))) : (y[t], since);
            (since, begun) = (0, true);
        }
        means[y.Length] = begun ? share * size / gap : 0;
    }

    /// <summary>Size of a demand, smoothed when one comes, times its probability, smoothed always: it fades when nothing comes (Teunter, Syntetos and Babai 2011).</summary>
    /// <param name="alpha">Of the probability.</param>
    /// <param name="beta">Of the size.</param>
    public static void Fading(ReadOnlySpan<double> y, double alpha, double beta, double firstSize, double firstProbability, Span<double> means)
    {
        var (size, probability) = (firstSize, firstProbability);
        for (var t = 0; t < y.Length; t++)
        {
            means[t] = probability * size;
            if (y[t] > 0)
                size += beta * (y[t] - size);
            probability += alpha * ((y[t] > 0 ? 1 : 0) - probability);
        }
        means[y.Length] = probability * size;
    }

    /// <summary>
    /// What each place of the season has, in units of the mean: drawn to 1 by how much of the spread between places is chance (Efron and
    /// Morris 1975).
    /// </summary>
    public static void Factors(ReadOnlySpan<double> y, double mean, Span<double> factors)
    {
        var (n, period) = (y.Length, factors.Length);
        factors.Clear();
        for (var t = 0; t < n; t++)
            factors[t % period] += y[t];
        Span<double> chances = stackalloc double[period];
        chances.Clear();
        var (chance, spread) = (0.0, 0.0);
        for (var place = 0; place < period; place++)
        {
            factors[place] /= mean * ((n - place + period - 1) / period);
            spread += (factors[place] - 1) * (factors[place] - 1) / (period - 1);
        }
        for (var t = 0; t < n; t++)
        {
            var miss = (y[t] / mean) - factors[t % period];
            chances[t % period] += miss * miss;
            chance += miss * miss / (n - period);
        }
        var (each, real) = (n / (double)period, Math.Max(0, spread - (chance * period / n)));
        for (var place = 0; place < period; place++)
        {
            // A day that is always closed leaves nothing to chance: its own counts, with as many as a few of the usual.
            var own = ((Few * chance) + chances[place]) / (Few + each) / each;
            factors[place] = Math.Max(0.001, 1 + (real > 0 ? real / (real + own) * (factors[place] - 1) : 0));
        }
    }
}
