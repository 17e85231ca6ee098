using EPM.Forecast.Answers;

namespace EPM.Forecast.Accuracy;

/// <summary>How good forecasts were, cut one way.</summary>
/// <param name="Source">backtest: what would have been said; lived: what was said, held against what came.</param>
/// <param name="Generated">Forecasts that stand.</param>
internal sealed record AccuracyAnswer(
    string Source, string By, IReadOnlyList<AccuracyRow> Rows, IReadOnlyList<DriftRow> Drift, FailureRate Failures, FitTimes? Fitted, int Generated);

/// <param name="Units">That came.</param>
/// <param name="Mase">Null where errors of several scales are summed.</param>
internal sealed record AccuracyRow(string Key, string Label, int Cells, double Units, double? Wape, double? NaiveWape, double? Bias, double? Mase, double? Coverage);

/// <summary>A forecast that has become worse than it was.</summary>
internal sealed record DriftRow(string Sku, string Name, Place Store, double WapeBefore, double WapeNow, DateOnly Since);

/// <param name="Rate">Share of the cells that could not be fitted the last time.</param>
internal sealed record FailureRate(double Rate, int Of);

/// <summary>Milliseconds a series, by batches.</summary>
internal sealed record FitTimes(double P50Ms, double P95Ms);
