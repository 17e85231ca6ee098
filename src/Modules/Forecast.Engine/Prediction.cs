namespace EPM.Forecast.Engine;

/// <summary>
/// What is expected at each coming step: the mean, and the quantiles of <see cref="Levels"/>, never crossing. In the unit of the history.
/// </summary>
/// <param name="Mean">One value a step.</param>
/// <param name="Quantiles">Step after step, one value a level.</param>
public sealed record Prediction(double[] Mean, double[] Quantiles)
{
    /// <summary>The probabilities that quantiles are kept of; others lie between, by straight lines.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975];

    /// <summary>Where in <see cref="Levels"/> P10, the median and P90 are.</summary>
    public const int P10 = 2;

    public const int Median = 6;

    public const int P90 = 10;

    public int Horizon => Mean.Length;

    public static Prediction Empty(int horizon) => new(new double[horizon], new double[horizon * Levels.Count]);

    /// <param name="step">From 0.</param>
    /// <param name="level">An index into <see cref="Levels"/>.</param>
    public double this[int step, int level]
    {
        get => Quantiles[(step * Levels.Count) + level];
        internal set => Quantiles[(step * Levels.Count) + level] = value;
    }

    public ReadOnlySpan<double> At(int step) => Quantiles.AsSpan(step * Levels.Count, Levels.Count);
}
