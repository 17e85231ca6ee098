using EPM.Forecast.Engine;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Stored;

/// <summary>What is kept of a cell.</summary>
/// <param name="First">The day of the first step.</param>
/// <param name="Parts">Seven stretches of a value a step; see <see cref="Kept.Parts"/>.</param>
internal sealed record StoredForecast(
    CellKey Key, string State, DateOnly First, Prediction Prediction, double[] Naive, double[] Parts, Recipe Recipe,
    DateTimeOffset TrainedAt, DateTimeOffset RefreshedAt, CellScore Score);

/// <summary>How good a cell's forecasts were in backtests; null where that is not known.</summary>
/// <param name="Units">Units that came in them: what errors are weighted by.</param>
internal readonly record struct CellScore(double? Wape, double? Bias, double? Mase, double? Coverage, double? NaiveWape, double? NaiveMase, double Units);

/// <summary>A cell's backtest.</summary>
/// <param name="Trials">Of each cut-off six stretches; see <see cref="Kept.TrialStretches"/>.</param>
internal sealed record StoredBacktest(CellKey Key, IReadOnlyList<DateOnly> CutOffs, int Horizon, float[] Trials, Score Score)
{
    /// <param name="stretch">0 came, 1 mean, 2 naive, 3 P10, 4 P50, 5 P90.</param>
    /// <returns>NaN where it is not known.</returns>
    public double At(int trial, int stretch, int step) => Trials[(((trial * Kept.TrialStretches) + stretch) * Horizon) + step];
}
