using System.Collections.Concurrent;

namespace EPM.Stores.Contracts;

/// <summary>The calendar of one tenant at one data version. Immutable: safe to keep and to share between requests of that tenant.</summary>
/// <param name="version">Data version the calendar was read at, or a later one.</param>
/// <param name="beginningIn">All that begins in a year. It tells the same whenever it is asked.</param>
public sealed class EventMap(long version, Func<int, IReadOnlyList<EventOccurrence>> beginningIn)
{
    private readonly ConcurrentDictionary<int, IReadOnlyList<EventOccurrence>> _years = new();

    public long Version { get; } = version;

    /// <summary>What the stores of a country feel between two days, both included, by first day. Events of single stores are left out.</summary>
    public IReadOnlyList<EventOccurrence> Of(string country, DateOnly from, DateOnly to) =>
        [.. Around(from, to).Where(one => one.Stores is null && one.IsOf(country) && one.IsFelt(from, to))];

    /// <summary>What one store feels between two days, both included, by first day: its country's and its own.</summary>
    public IReadOnlyList<EventOccurrence> Of(StoreSummary store, DateOnly from, DateOnly to) =>
        [.. Around(from, to).Where(one => one.IsOf(store.Country) && one.Stores?.Contains(store.StoreNo) != false && one.IsFelt(from, to))];

    /// <summary>All that takes place between two days, both included, wherever it is, by first day; days of lead and lag do not count.</summary>
    public IReadOnlyList<EventOccurrence> Between(DateOnly from, DateOnly to) =>
        [.. Around(from, to).Where(one => one.From <= to && one.To >= from)];

    // Nothing lasts longer than a year, and nothing is felt longer before or after.
    private IEnumerable<EventOccurrence> Around(DateOnly from, DateOnly to) =>
        Enumerable.Range(from.Year - 1, to.Year - from.Year + 3).SelectMany(year => _years.GetOrAdd(year, Ordered));

    private IReadOnlyList<EventOccurrence> Ordered(int year) =>
        [.. beginningIn(year).OrderBy(one => one.From).ThenBy(one => one.Code, StringComparer.Ordinal)
            .ThenBy(one => one.Country, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)];
}
