using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Learning;

/// <summary>A regression that is learnt, at the end of some stretch of its series.</summary>
internal sealed record RegressionFitted(
    History History, Design Design, DesignRows Rows, double[] Coefficients, double Unit, LevelSmoothing Smoothing, LevelSmoothing.State Level, double[][] Widths) : IExplained
{
    public string Model => Design.HeedsKnown ? "Regression on calendar and known columns" : "Regression on the calendar";

    // Coefficients, pace and widths stay; the level goes on.
    public IFitted? Over(History history)
    {
        var (residuals, count) = (new double[history.Length], 0);
        for (var t = 0; t < history.Length; t++)
        {
            if (!Design.IsClosed(t))
                residuals[count++] = Math.Log(1 + (Math.Max(0, history.Span[t]) / Unit)) - Rows.Dot(t, Coefficients);
        }
        return this with { History = history, Level = Smoothing.Last(residuals.AsSpan(0, count)) };
    }

    /// <summary>By how much a step differs from the level, for all that the regression knows of it.</summary>
    public double Shape(int t)
    {
        return Math.Exp(Math.Clamp(Rows.Dot(t, Coefficients) - Coefficients[0], -5, 5));
    }

    public Prediction Forecast(int horizon)
    {
        var prediction = Prediction.Empty(horizon);
        var row = new double[Design.Columns];
        for (var step = 0; step < horizon; step++)
        {
            if (!Design.IsClosed(History.Length + step))
                prediction.Mean[step] = Spread(Centre(step, row, null), step, prediction.Quantiles.AsSpan(step * Prediction.Levels.Count, Prediction.Levels.Count));
        }
        return prediction;
    }

    public double[] MeanWithout(int horizon, IReadOnlySet<Effect> effects)
    {
        var (means, row, quantiles) = (new double[horizon], new double[Design.Columns], new double[Prediction.Levels.Count]);
        for (var step = 0; step < horizon; step++)
        {
            if (effects.Contains(Effect.Opening) || !Design.IsClosed(History.Length + step))
                means[step] = Spread(Centre(step, row, effects), step, quantiles);
        }
        return means;
    }

    private double Centre(int step, double[] row, IReadOnlySet<Effect>? without)
    {
        Design.Fill(History.Length + step, row);
        var sum = Level.In(step + 1);
        for (var j = 0; j < row.Length; j++)
            sum += without is not null && Design.Effects[j] is { } effect && without.Contains(effect) ? 0 : Coefficients[j] * row[j];
        return sum;
    }

    // Between the distances that misses are kept of, by the logarithm of the distance.
    private double Spread(double centre, int step, Span<double> quantiles)
    {
        var group = 0;
        while (group + 1 < Widths.Length && LevelSmoothing.Ahead[group + 1] <= step + 1)
            group++;
        var share = group + 1 == Widths.Length ? 0 : Math.Log((step + 1.0) / LevelSmoothing.Ahead[group]) / Math.Log((double)LevelSmoothing.Ahead[group + 1] / LevelSmoothing.Ahead[group]);
        var mean = 0.0;
        for (var level = 0; level < quantiles.Length; level++)
        {
            var width = ((1 - share) * Widths[group][level]) + (share * Widths[Math.Min(group + 1, Widths.Length - 1)][level]);
            quantiles[level] = Math.Max(0, Unit * (Math.Exp(Math.Min(centre + width, 30)) - 1));
            mean += level is > 1 and < 11 ? quantiles[level] / 9 : 0;
        }
        return mean;
    }
}
