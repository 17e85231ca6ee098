using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Tests.Corrections;

/// <summary>Histories of a shop in which nothing is out of the ordinary, until a test plants something.</summary>
internal static class Shop
{
    private static readonly double[] Week = [0.8, 0.8, 0.9, 1, 1.2, 1.5, 0.8];

    /// <param name="rate">Units an average day.</param>
    /// <param name="lumpy">0 for chance alone (Poisson); more for a rate that itself scatters (negative binomial, by the shares' deviation).</param>
    public static double[] Days(int seed, double rate, double lumpy = 0, int days = 730, double trend = 0, double year = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days).Select(t =>
        {
            var mean = rate * Week[t % 7] * (1 + (trend * t / days)) * (1 + (year * Math.Sin(2 * Math.PI * t / 365)));
            return Count(random, lumpy > 0 ? mean * Gamma(random, lumpy) : mean);
        })];
    }

    public static Series Series(double[] values, params KnownColumn[] known) =>
        new() { Id = "s", Values = values, Season = 7, Cadence = Cadence.Day, First = new DateOnly(2024, 1, 1), Known = known };

    private static double Count(Random random, double mean)
    {
        if (mean > 200)
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12)))));
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }

    // Mean 1, the given deviation: Marsaglia and Tsang 2000.
    private static double Gamma(Random random, double deviation)
    {
        var shape = 1 / (deviation * deviation);
        if (shape < 1)
            return Gamma(random, 1 / Math.Sqrt(shape + 1)) * (shape + 1) / shape * Math.Pow(random.NextDouble(), 1 / shape);
        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12));
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v / shape;
        }
    }
}
