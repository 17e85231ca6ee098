namespace EPM.Forecast.Answers;

/// <summary>Products with what is expected of them over the coming days.</summary>
internal sealed record ForecastListView(IReadOnlyList<ForecastLine> Items, int Total, int Horizon, DateOnly? AsOf, LastRun? Run, string Currency);

internal sealed record LastRun(Guid Id, DateTimeOffset FinishedAt);

/// <param name="Stores">Stores with a forecast, of those seen.</param>
/// <param name="Before">Units of as many days just before.</param>
/// <param name="Change">Next over before, less one; null where nothing was sold before.</param>
/// <param name="Value">What is expected, at the sale price with tax.</param>
internal sealed record ForecastLine(
    string Sku, string Name, Place? Category, int Stores, NextDays Next, double? Before, double? Change, decimal Value, AccuracyView? Accuracy, bool? BeatsNaive,
    string Model, string State, bool Overridden, int Outliers);

internal sealed record NextDays(double Mean, double P10, double P90);

internal sealed record AccuracyView(double? Wape, double? Bias, double? Mase, double? Coverage);

/// <summary>What is asked of the list.</summary>
internal sealed record ListQuery(string? Search, string? Category, string? Store, string? Region, string? State, string Sort, int Page, int Size)
{
    public const int Horizon = 30;

    public static readonly IReadOnlyList<string> Sorts = ["value", "change", "error", "name"];

    /// <summary>Canonical text: part of the cache key.</summary>
    public string Key => string.Join('|', "forecasts", Search, Category, Store, Region, State, Sort, Page, Size);
}
