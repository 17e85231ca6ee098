using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Corrections;

/// <summary>
/// A distribution on what is not negative, told by mean and deviation: a gamma distribution by the cube root (Wilson and Hilferty 1931), which
/// is near enough to counts too when read at the middle between two of them.
/// </summary>
internal static class Skewed
{
    /// <summary>How many deviations of a normal this value lies out.</summary>
    /// <param name="counts">Whole numbers: above the mean the half below is read, below it the half above.</param>
    public static double Score(double value, double mean, double deviation, bool counts)
    {
        if (mean <= 0 || deviation <= 0)
            return value > mean ? 9 : 0;
        if (value < mean)
        {
            // Below, the gamma's tail is thinner than that of counts: the power that makes these symmetric (Anscombe 1953).
            var low = counts ? Math.Min(mean, Math.Max(value, 0) + 0.5) : Math.Max(value, 0);
            return 1.5 * (Math.Pow(low, 2 / 3.0) - Math.Pow(mean, 2 / 3.0)) * Math.Cbrt(mean) / deviation;
        }
        var read = counts ? Math.Max(mean, value - 0.5) : value;
        var root = 3 * mean / deviation;
        return (Math.Cbrt(read / mean) - (1 - (1 / (root * root)))) * root;
    }

    public static double Quantile(double probability, double mean, double deviation)
    {
        if (mean <= 0 || deviation <= 0)
            return Math.Max(mean, 0);
        var root = 3 * mean / deviation;
        var cube = 1 - (1 / (root * root)) + (Normal.Quantile(probability) / root);
        return cube <= 0 ? 0 : mean * cube * cube * cube;
    }

    /// <summary>The logarithm of the chance of nothing at all: Poisson, negative binomial where the deviation is wider.</summary>
    public static double LogZero(double mean, double deviation)
    {
        var beyond = (deviation * deviation) - mean;
        return mean <= 0 ? 0 : beyond <= 1e-9 ? -mean : -(mean * mean / beyond) * Math.Log(1 + (beyond / mean));
    }
}
