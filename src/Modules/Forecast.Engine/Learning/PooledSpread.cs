using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Learning;

/// <summary>The shape of what regressions miss, in units of each series' own mean miss, over all series: by distance and quantile.</summary>
internal sealed class PooledSpread
{
    private const int MostMisses = 200_000;

    private readonly double[][] _shapes = [.. LevelSmoothing.Ahead.Select(_ => new double[Prediction.Levels.Count])];

    public static PooledSpread Of(IReadOnlyList<RegressionCell?> cells)
    {
        var pooled = new PooledSpread();
        for (var group = 0; group < LevelSmoothing.Ahead.Length; group++)
        {
            var all = new List<double>();
            foreach (var cell in cells)
            {
                if (cell?.Coefficients is null || all.Count > MostMisses)
                    continue;
                var misses = new double[cell.Residuals.Length];
                var count = cell.Smoothing.Misses(cell.Residuals, LevelSmoothing.Ahead[group], misses);
                var mean = Size(misses.AsSpan(0, count));
                if (count >= 8 && mean > 0)
                    all.AddRange(misses.Take(count).Select(miss => miss / mean));
            }
            var sorted = all.ToArray();
            Array.Sort(sorted);
            for (var level = 0; level < Prediction.Levels.Count; level++)
                pooled._shapes[group][level] = sorted.Length > 0 ? Quantiles.Of(sorted, Prediction.Levels[level]) : group > 0 ? pooled._shapes[group - 1][level] : 0;
        }
        return pooled;
    }

    /// <summary>The quantiles of what one series misses, by distance.</summary>
    /// <param name="inflation">By how much what was fitted misses less than what comes will.</param>
    public double[][] Of(ReadOnlySpan<double> residuals, LevelSmoothing smoothing, double inflation)
    {
        var widths = new double[LevelSmoothing.Ahead.Length][];
        var misses = new double[residuals.Length];
        for (var group = 0; group < widths.Length; group++)
        {
            var many = smoothing.Misses(residuals, LevelSmoothing.Ahead[group], misses);
            for (var i = 0; i < many; i++)
                misses[i] *= inflation;
            widths[group] = many < 8 && group > 0 ? widths[group - 1] : Widths(group, misses.AsSpan(0, many));
        }
        return widths;
    }

    /// <summary>Half its own misses and half what is usual at their size; the fewer its own, the more of what is usual.</summary>
    /// <param name="misses">Of one series at a distance; sorted in place.</param>
    private double[] Widths(int group, Span<double> misses)
    {
        var size = Size(misses);
        var own = misses.Length < 8 ? 0 : misses.Length / (misses.Length + 60.0);
        misses.Sort();
        var quantiles = new double[Prediction.Levels.Count];
        for (var level = 0; level < quantiles.Length; level++)
            quantiles[level] = ((1 - own) * size * _shapes[group][level]) + (own > 0 ? own * Quantiles.Of(misses, Prediction.Levels[level]) : 0);
        return quantiles;
    }

    private static double Size(ReadOnlySpan<double> misses)
    {
        var sum = 0.0;
        foreach (var miss in misses)
            sum += Math.Abs(miss);
        return misses.Length == 0 ? 0 : sum / misses.Length;
    }
}
