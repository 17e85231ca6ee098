namespace EPM.Forecast.Domain;

/// <summary>Quantiles around a mean that somebody changed.</summary>
internal static class RelativeSpread
{
    /// <summary>
    /// Keeps how wide the forecast is relative to its mean. Where nothing was forecast there is no such width: what sells at random,
    /// one by one, then stands in for it (Poisson).
    /// </summary>
    /// <param name="levels">Probabilities of the quantiles, ascending.</param>
    /// <param name="quantiles">Replaced in place.</param>
    public static void Around(ReadOnlySpan<double> levels, Span<double> quantiles, double before, double after)
    {
        if (before > 0)
        {
            for (var i = 0; i < quantiles.Length; i++)
                quantiles[i] *= after / before;
            return;
        }
        for (var i = 0; i < quantiles.Length; i++)
            quantiles[i] = Poisson(after, levels[i]);
    }

    // Beyond this the normal curve is the same to less than a unit, and the sum below would start from nothing.
    private const double MostBySum = 500;

    private static double Poisson(double mean, double level)
    {
        if (mean <= 0)
            return 0;
        if (mean > MostBySum)
            return Math.Max(0, mean + Math.Sqrt(mean) * Normal(level));
        var probability = Math.Exp(-mean);
        var below = probability;
        var count = 0;
        while (below < level)
        {
            probability *= mean / ++count;
            below += probability;
        }
        return count;
    }

    // Abramowitz and Stegun 26.2.23, good to 0.00045: ample beside the square root it multiplies.
    private static double Normal(double level)
    {
        var tail = Math.Min(level, 1 - level);
        var t = Math.Sqrt(-2 * Math.Log(tail));
        var z = t - ((0.010328 * t + 0.802853) * t + 2.515517) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1);
        return level < 0.5 ? -z : z;
    }
}
