using EPM.Forecast.Engine;

namespace EPM.Forecast.Sums;

/// <summary>
/// All levels out of P10, P50 and P90: two halves of normal distributions that meet in the median. Backtests keep three levels of thirteen;
/// for what they are asked again, how errors move together and what sums would have said, that is near enough.
/// </summary>
internal static class Thirteen
{
    private const double Ninety = 1.2815515655446004;

    // Scores of the levels.
    private static readonly double[] Scores =
        [-1.959964, -1.644854, -Ninety, -0.841621, -0.524401, -0.253347, 0, 0.253347, 0.524401, 0.841621, Ninety, 1.644854, 1.959964];

    public static Prediction Of(ReadOnlySpan<double> mean, ReadOnlySpan<double> low, ReadOnlySpan<double> middle, ReadOnlySpan<double> high)
    {
        var quantiles = new double[mean.Length * Scores.Length];
        for (var step = 0; step < mean.Length; step++)
        {
            for (var level = 0; level < Scores.Length; level++)
            {
                var slope = (Scores[level] < 0 ? middle[step] - low[step] : high[step] - middle[step]) / Ninety;
                quantiles[(step * Scores.Length) + level] = Math.Max(0, middle[step] + (Scores[level] * slope));
            }
        }
        return new Prediction(mean.ToArray(), quantiles);
    }
}
