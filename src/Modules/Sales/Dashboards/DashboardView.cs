using EPM.Sales.Metrics;

namespace EPM.Sales.Dashboards;

/// <summary>The dashboard as the API tells it.</summary>
/// <param name="SeriesGrain">day, week or month: what one point of a series covers.</param>
/// <param name="HeatCoversAllCategories">True when a category is chosen: hours are kept for whole stores only.</param>
internal sealed record DashboardView(
    DateOnly From, DateOnly To, ComparePeriod? Compare, string Currency, int CurrencyDecimals, long Version, Watermark Watermark,
    IReadOnlyList<Card> Cards, string SeriesGrain, IReadOnlyList<SeriesPoint> Daily, IReadOnlyList<StoreLine> Stores,
    IReadOnlyList<CategoryLine> Categories, IReadOnlyList<RegionLine> Regions, IReadOnlyList<HeatCell> Heat, bool HeatCoversAllCategories,
    LandingView? Landing);

/// <summary>Where the running month will end, for the stores shown that have an objective. Amounts are with tax, in the tenant's currency.</summary>
/// <param name="Probability">Of reaching the objective, 0 to 1.</param>
/// <param name="Objective">Of the whole month.</param>
/// <param name="SoFar">Sold in the month up to the last day known.</param>
/// <param name="Month">As 2026-10.</param>
internal sealed record LandingView(decimal Probability, decimal P10, decimal P50, decimal P90, decimal Objective, decimal SoFar, string Month);

/// <summary>How fresh the figures are.</summary>
/// <param name="StoresReporting">Stores whose figures reach the last day anyone's do.</param>
/// <param name="StoresExpected">Stores open on that day.</param>
internal sealed record Watermark(DateTimeOffset? LastImportAt, Guid? LastImportId, DateOnly? DataThrough, int StoresReporting, int StoresExpected);

/// <param name="Delta">Relative for amounts and counts, a difference for percentages.</param>
/// <param name="Series">One value a point of the period; null where nothing was measured.</param>
internal sealed record Card(
    string Metric, string Label, string Unit, string GoodDirection, decimal? Value, decimal? Compare, decimal? Delta, decimal? Objective, IReadOnlyList<decimal?> Series);

internal sealed record SeriesPoint(DateOnly Date, decimal? Actual, decimal? Compare, decimal? Objective);

internal sealed record StoreLine(
    string Code, string Name, string Region, decimal Revenue, decimal? Compare, decimal? Delta, decimal? Attainment, decimal? MarginRate, decimal Share, IReadOnlyList<decimal> Spark);

internal sealed record CategoryLine(
    string Code, string Name, string? Parent, bool HasChildren, decimal Revenue, decimal? Compare, decimal? Delta, decimal? MarginRate, decimal Share);

internal sealed record RegionLine(string Code, string Name, decimal Revenue, decimal? Compare, decimal? Delta, decimal? Attainment, decimal Share);

/// <param name="Weekday">1 is Monday.</param>
internal sealed record HeatCell(int Weekday, int Hour, decimal Revenue, decimal Share);
