namespace EPM.Forecast.Engine;

/// <summary>How far apart the steps of a series are.</summary>
public enum Cadence
{
    /// <summary>Steps without a date.</summary>
    Step,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>What a column known in advance stands for when a forecast is explained.</summary>
public enum Effect
{
    Other,
    Event,
    Price,
    Promotion,

    /// <summary>1 where business is done, 0 where it is not and nothing can be sold.</summary>
    Opening,
}

/// <summary>Something known of every step in advance: a price, a promotion, a feast, opening days.</summary>
/// <param name="Name">The same for all series of a fleet that mean the same by it.</param>
/// <param name="Values">One value a step, over the history and then the horizon; no NaN.</param>
public sealed record KnownColumn(string Name, Effect Effect, ReadOnlyMemory<double> Values);

/// <summary>The past of one series, and what is known of its future.</summary>
public sealed record Series
{
    public required string Id { get; init; }

    /// <summary>Oldest first, one value a step, in the unit that the forecast will have; NaN where nothing is known (a gap, a stock-out left out).</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Steps in the season that matters most: 7 for days, 12 for months; 1 for none.</summary>
    public int Season { get; init; } = 1;

    public Cadence Cadence { get; init; }

    /// <summary>The date of the first value; for <see cref="Cadence.Step"/> without meaning.</summary>
    public DateOnly First { get; init; }

    /// <summary>Each over the history and the horizon.</summary>
    public IReadOnlyList<KnownColumn> Known { get; init; } = [];

    /// <summary>What the series belongs to, coarse to fine (region, store, category, product): what is learnt across series may tell these apart.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
