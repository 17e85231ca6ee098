using EPM.Forecast.Engine.Events;

namespace EPM.Forecast.Engine.Methods;

/// <summary>A way to forecast. Without state: the same history gives the same bits, on any thread.</summary>
internal interface IMethod
{
    string Name { get; }

    /// <returns>Null where the history is too short or of a kind that this method cannot say anything about.</returns>
    IFitted? Fit(History history);
}

/// <summary>What a method has learnt of a history. Immutable.</summary>
internal interface IFitted
{
    /// <summary>What was chosen, for people to read.</summary>
    string Model { get; }

    Prediction Forecast(int horizon);

    /// <summary>
    /// The same model with what it learnt, over another stretch of the same history (a later origin): nothing is chosen again, states are run
    /// anew. Costs a few passes at most.
    /// </summary>
    /// <returns>Null where that stretch cannot be said anything about.</returns>
    IFitted? Over(History history);
}

/// <summary>A way to forecast that learns from all series together.</summary>
internal interface IFleetMethod
{
    string Name { get; }

    /// <param name="fleet">Null for a series that is not to be looked at.</param>
    /// <param name="regressions">What the regression, the first of them, learnt of the same fleet; nothing but nulls for itself.</param>
    /// <returns>By series; null where nothing can be said.</returns>
    IFitted?[] Fit(IReadOnlyList<History?> fleet, IReadOnlyList<int> horizons, IReadOnlyList<IFitted?> regressions, int threads, CancellationToken ct);
}

/// <summary>A fitted method that heeds columns known in advance, and can tell what they do.</summary>
internal interface IExplained : IFitted
{
    /// <summary>The means, as if the columns of these effects stood at what is ordinary for them (no feast, no promotion, the usual price).</summary>
    double[] MeanWithout(int horizon, IReadOnlySet<Effect> effects);
}

/// <summary>The past of one series, a part of it, and what is known of its future.</summary>
/// <param name="Values">Oldest first, one a step; gaps are filled.</param>
/// <param name="Period">Steps a season; 1 for none.</param>
/// <param name="Known">Columns known in advance, each over the history and the future.</param>
internal sealed record History(ReadOnlyMemory<double> Values, int Period, IReadOnlyList<KnownColumn> Known)
{
    public Cadence Cadence { get; init; }

    /// <summary>The date of the first value, where steps have dates.</summary>
    public DateOnly First { get; init; }

    /// <summary>What the series belongs to, by dimension; the same dimensions for a whole fleet, or none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Shared with the same history at other origins.</summary>
    public EventLifts Lifts { get; } = new();

    public int Length => Values.Length;

    public ReadOnlySpan<double> Span => Values.Span;

    /// <summary>As it stood so many steps earlier; what is known in advance stays known.</summary>
    public History Before(int steps) => this with { Values = Values[..^steps] };
}
