namespace EPM.Forecast.Engine.Events;

/// <summary>One time that something happened or will: a feast of one year, a payday.</summary>
/// <param name="Code">The same for all years.</param>
/// <param name="To">The last day, itself included.</param>
/// <param name="Lead">Days before the first during which it is felt already.</param>
/// <param name="Lag">Days after the last during which it is felt still.</param>
public sealed record Occurrence(string Code, DateOnly From, DateOnly To, int Lead = 0, int Lag = 0);

/// <summary>What events do to a series, as columns known in advance.</summary>
/// <param name="Columns">All with <see cref="Effect.Event"/>; each differs from zero somewhere within the history.</param>
/// <param name="Dropped">Columns of which the history has no example, so that nothing can be learnt of them.</param>
public sealed record EventSet(IReadOnlyList<KnownColumn> Columns, IReadOnlyList<DroppedColumn> Dropped);

/// <param name="Column">The name that the column would have had.</param>
/// <param name="Code">The event's.</param>
public sealed record DroppedColumn(string Column, string Code);
