namespace EPM.Forecast.Engine.Paths;

/// <summary>
/// How the errors of many series move together, day after day and across a store: what sums of forecasts need beyond the forecasts. A Gaussian
/// copula (Sklar 1959) with three parts that add up: one of the whole chain, one of each store, one of each series. Serialisable.
/// </summary>
/// <param name="Whole">What all series share.</param>
/// <param name="Store">What the series of one store share beyond that.</param>
/// <param name="Own">What is left to each series; the three weights sum to 1.</param>
public sealed record Dependence(Part Whole, Part Store, Part Own)
{
    /// <summary>Nothing has to do with anything: sums are as narrow as can be.</summary>
    public static Dependence None { get; } = new(default, default, new Part(1, 0, 0));

    /// <summary>What is supposed where no backtests speak: a little of everything.</summary>
    public static Dependence Supposed { get; } = new(new Part(0.02, 0.3, 0.3), new Part(0.03, 0.3, 0.3), new Part(0.95, 0.08, 0.15));

    /// <summary>Estimates the parts from backtests: covariances of normal scores over lags within a series, within a store and across stores,
    /// each fitted by its three numbers and shrunk to <see cref="Supposed"/> where few stores or origins speak.</summary>
    /// <param name="cells">Series that ended on the same day; trials of the same <see cref="Trial.Back"/> are taken to be of the same days.</param>
    public static Dependence Estimate(IReadOnlyList<Cell> cells) => Lags.Of(cells).Fit();
}

/// <summary>One part of the errors.</summary>
/// <param name="Weight">Its share of the variance, 0 to 1.</param>
/// <param name="Steady">Of that, the share which stays the same over the whole horizon (a level that was judged wrongly), 0 to 1.</param>
/// <param name="Persistence">Of the rest, the correlation from one step to the next, 0 to below 1.</param>
public readonly record struct Part(double Weight, double Steady, double Persistence);

/// <summary>The backtests of one series, and the store it belongs to.</summary>
public readonly record struct Cell(string Store, IReadOnlyList<Trial> Trials);
