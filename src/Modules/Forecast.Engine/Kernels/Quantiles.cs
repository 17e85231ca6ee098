namespace EPM.Forecast.Engine.Kernels;

/// <summary>Quantiles of samples, by straight lines between order statistics (Hyndman and Fan 1996, type 7).</summary>
internal static class Quantiles
{
    /// <param name="sorted">Ascending, not empty.</param>
    public static double Of(ReadOnlySpan<double> sorted, double probability)
    {
        var at = probability * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>Fills one step of a prediction from samples, which are sorted in place.</summary>
    public static void Fill(Prediction prediction, int step, Span<double> samples)
    {
        samples.Sort();
        var sum = 0.0;
        foreach (var sample in samples)
            sum += sample;
        prediction.Mean[step] = sum / samples.Length;
        for (var level = 0; level < Prediction.Levels.Count; level++)
            prediction[step, level] = Of(samples, Prediction.Levels[level]);
    }
}
