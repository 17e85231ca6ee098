namespace EPM.Forecast.Answers;

/// <summary>A forecast as the API tells it. Quantities are units.</summary>
/// <param name="AsOf">Last business date learnt from; null when nothing was ever sold.</param>
internal sealed record ForecastView(
    string Sku, string Name, Place? Category, string Level, Place? Store, Place? Region, DateOnly? AsOf, DateOnly? From, int Horizon, string State, StartedLike? StartedLike,
    ModelView Model, IReadOnlyList<DayView> Days, IReadOnlyList<PastDayView> History, TotalsView Totals, ExplanationView Explanation, BacktestView? Backtest);

/// <param name="Code">Of a category, a store or a region.</param>
internal sealed record Place(string Code, string Name);

internal sealed record StartedLike(string Sku, string Name, decimal Multiplier);

internal sealed record ModelView(string Label, IReadOnlyList<ModelPart> Parts, DateTimeOffset? TrainedAt, DateTimeOffset? RefreshedAt);

internal sealed record ModelPart(string Method, string Label, double Weight);

/// <param name="Statistical">The mean before overrides.</param>
/// <param name="Override">The mean as people set it; null where they said nothing.</param>
internal sealed record DayView(
    DateOnly Date, double P10, double P50, double P90, double Mean, double Naive, double Statistical, double? Override, IReadOnlyList<DayEvent> Events, bool Open);

/// <param name="Day">0 on the feast itself, negative before, positive after.</param>
internal sealed record DayEvent(string Code, string Name, int Day);

/// <param name="Said">What was forecast for the day when it was a day ahead.</param>
internal sealed record PastDayView(DateOnly Date, double Units, double? Corrected, string? Note, bool Open, IReadOnlyList<DayEvent> Events, Spread? Said);

internal sealed record Spread(double P10, double P50, double P90);

/// <param name="LastYear">Units of the same weekdays a year before; null when it is not known.</param>
/// <param name="Value">Mean at the sale price, with tax.</param>
internal sealed record TotalsView(double P10, double P50, double P90, double Mean, double Naive, double Statistical, double? LastYear, decimal Value);

internal sealed record ExplanationView(string Sentence, IReadOnlyList<PartView> Parts);

internal sealed record PartView(string Kind, string Label, double Total, IReadOnlyList<double> Days);

internal sealed record BacktestView(
    double? Wape, double? Bias, double? Mase, double? Coverage, double? NaiveWape, double? NaiveMase, int Cells,
    IReadOnlyList<LeaderView> Leaderboard, IReadOnlyList<OriginView> Origins, IReadOnlyList<LagView> ByLag);

internal sealed record LeaderView(string Method, string Label, double? Wape, double? Mase, double? Bias, double? Coverage, double Weight, bool Naive);

internal sealed record OriginView(DateOnly CutOff, IReadOnlyList<OriginDay> Days);

internal sealed record OriginDay(DateOnly Date, int Lag, double Actual, double P10, double P50, double P90, double Mean, double Naive);

internal sealed record LagView(int Lag, double? Wape, double? NaiveWape, double? Coverage, double? Bias);

internal static class Rounded
{
    /// <summary>Four decimals: what units are told in.</summary>
    public static double Of(double value) => Math.Round(value, 4);

    /// <summary>Null where it is no number.</summary>
    public static double? OrNull(double? value) => value is { } number && double.IsFinite(number) ? Of(number) : null;
}
