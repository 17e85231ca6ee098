using System.Collections.Frozen;
using EPM.Forecast.Engine;
using EPM.Forecast.Engine.Events;
using EPM.Stores.Contracts;

namespace EPM.Forecast.History;

/// <summary>What is known of a store's days in advance: when it does business, and which feasts and windows of trade fall when.</summary>
internal sealed class KnownInAdvance(IStoreDirectory stores, IEventCalendar calendar)
{
    public async Task<KnownDaysOf> OfAsync(StoreSummary store, DateOnly first, DateOnly last, CancellationToken ct)
    {
        var map = await stores.AllAsync(ct);
        var events = (await calendar.AllAsync(ct)).Of(store, first, last);
        return new KnownDaysOf(first, [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(i => map.IsOpen(store, first.AddDays(i)))],
            [.. events.Select(one => new Occurrence(one.Code, one.From, one.To, one.Lead, one.Lag))]);
    }

    /// <summary>Of all that is known in advance; another one concerns every cell.</summary>
    public async Task<long> PrintAsync(Days days, CancellationToken ct)
    {
        var map = await stores.AllAsync(ct);
        // Whole years: what a day that passes brings into sight is no change of the calendar.
        var (first, last) = (new DateOnly(days.AsOf.Year - 3, 1, 1), new DateOnly(days.AsOf.Year + 1, 12, 31));
        var print = new Fingerprint();
        foreach (var one in (await calendar.AllAsync(ct)).Between(first, last))
            print.Add(FormattableString.Invariant($"{one.Code} {one.Country} {one.From:O} {one.To:O} {one.Lead} {one.Lag} {string.Join(',', (one.Stores ?? FrozenSet<int>.Empty).Order())}"));
        foreach (var store in map.All)
        {
            print.Add(FormattableString.Invariant($"{store.Code} {store.OpenedOn:O} {store.ClosedOn:O}"));
            foreach (var closure in map.ClosuresOf(store.StoreNo).Where(closure => closure.From <= last))
                print.Add(FormattableString.Invariant($"{closure.From:O} {closure.To:O}"));
        }
        return print.Value;
    }
}

/// <summary>A store's days over history and horizon.</summary>
/// <param name="Open">A value a day.</param>
internal sealed class KnownDaysOf(DateOnly first, bool[] open, IReadOnlyList<Occurrence> events)
{
    private IReadOnlyList<KnownColumn>? _whole;

    public bool[] Open { get; } = open;

    /// <summary>
    /// Columns of a series. Made once a store, and shared by the series that begin later: so they mean the same in all of them, and take
    /// no more room. Those that would say the same of every day of a history are left out.
    /// </summary>
    /// <param name="skip">Days that lie before its history.</param>
    public IReadOnlyList<KnownColumn> ColumnsOf(int skip, int horizon)
    {
        _whole ??= Whole(horizon);
        var history = Open.Length - skip - horizon;
        return
        [
            .. _whole.Select(column => column with { Values = column.Values[skip..] })
                .Where(column => column.Effect == Effect.Opening ? column.Values.Span.Contains(0) : column.Values.Span[..history].ContainsAnyExcept(0)),
        ];
    }

    private List<KnownColumn> Whole(int horizon)
    {
        var columns = new List<KnownColumn>(EventColumns.Of(events, first, Open.Length - horizon, horizon).Columns);
        if (Open.Contains(false))
            columns.Add(new KnownColumn("open", Effect.Opening, Array.ConvertAll(Open, isOpen => isOpen ? 1.0 : 0)));
        return columns;
    }
}
