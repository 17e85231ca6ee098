using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Learning;

/// <summary>Quantiles between and beyond those that trees learn: straight lines on the normal scale.</summary>
internal static class TreeQuantiles
{
    private static readonly double[] Scores = [.. BoostedTrees.Levels.Select(Normal.Quantile)];

    public static double At(ReadOnlySpan<double> learnt, double level)
    {
        var score = Normal.Quantile(level);
        var i = 0;
        while (i < Scores.Length - 2 && score > Scores[i + 1])
            i++;
        return learnt[i] + ((learnt[i + 1] - learnt[i]) * (score - Scores[i]) / (Scores[i + 1] - Scores[i]));
    }
}
