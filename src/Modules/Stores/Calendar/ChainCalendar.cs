using System.Collections.Frozen;
using EPM.Stores.Contracts;

namespace EPM.Stores.Calendar;

/// <summary>What the rules propose for a chain's countries, with what the chain has decided, and its own events.</summary>
internal sealed class ChainCalendar(IReadOnlyCollection<string> countries, IEnumerable<Decision> decisions, IEnumerable<OwnEvent> own)
{
    // Stands for all countries at once.
    private static readonly string?[] Shared = [null];

    private readonly string?[] _countries = [.. countries.Order(StringComparer.Ordinal)];
    private readonly FrozenDictionary<FeastKey, Decision> _decided = decisions.ToFrozenDictionary(decision => decision.Key);
    private readonly ILookup<int, EventOccurrence> _own = own.Select(Occurrence).ToLookup(one => one.From.Year);

    /// <summary>What begins in a year, what was dismissed left out.</summary>
    public IReadOnlyList<EventOccurrence> BeginningIn(int year)
    {
        // A day's move may carry a feast into another year than the one it is computed for.
        var feasts = Enumerable.Range(year - 1, 3).Where(IsTold).SelectMany(Proposals).Select(proposal => Decided(proposal, keepDismissed: false));
        return [.. feasts.OfType<EventOccurrence>().Where(one => one.From.Year == year), .. _own[year]];
    }

    public KnownFeast? Find(FeastKey key) =>
        IsTold(key.Base.Year) && Proposals(key.Base.Year).FirstOrDefault(one => one.Key == key) is { Occurrence: not null } proposal
            ? new KnownFeast(key, proposal.Occurrence, Decided(proposal, keepDismissed: true)!) : null;

    /// <summary>Proposals whose base day lies in a year.</summary>
    public IEnumerable<Proposal> Proposals(int year) =>
        from rule in Feasts.All
        from country in rule.PerCountry ? _countries.Where(country => rule.IsOf(country!)) : Shared
        from days in rule.Days(country ?? "", year)
        let key = new FeastKey(rule.Code, country, days.Base)
        select new Proposal(key, new EventOccurrence(key.ToString(), rule.Code, null, rule.IsMoving ? EventKind.Moving : EventKind.Fixed, country, days.From, days.To, rule.Lead, rule.Lag,
            rule.IsCertain ? EventState.Confirmed : EventState.Proposed, days.From, null));

    private static bool IsTold(int year) => year is > 1900 and < 2200;

    private EventOccurrence? Decided(Proposal proposal, bool keepDismissed)
    {
        var decision = _decided.GetValueOrDefault(proposal.Key);
        if (decision is null)
            return proposal.Key.Code == Feasts.Ramadan ? AroundItsFeasts(proposal.Key, proposal.Occurrence) : proposal.Occurrence;
        if (decision.State == Decision.Dismissed)
            return keepDismissed ? proposal.Occurrence : null;
        return proposal.Occurrence with
        {
            From = decision.FromDay,
            To = decision.ToDay,
            Lead = decision.LeadDays,
            Lag = decision.LagDays,
            State = decision.State == Decision.Moved ? EventState.Moved : EventState.Confirmed,
        };
    }

    // The month begins when its first day is kept and ends the day before Korité: both may have been moved.
    private EventOccurrence AroundItsFeasts(FeastKey key, EventOccurrence month)
    {
        var first = _decided.GetValueOrDefault(key with { Code = Feasts.RamadanStart });
        var end = _decided.GetValueOrDefault(new FeastKey(Feasts.Korite, key.Country, MoonDays.NextMonth(key.Base)));
        var from = first is { State: not Decision.Dismissed } ? first.FromDay : month.From;
        var to = end is { State: not Decision.Dismissed } ? end.FromDay.AddDays(-1) : month.To;
        var state = from != month.From || to != month.To ? EventState.Moved : first?.State == Decision.Confirmed ? EventState.Confirmed : EventState.Proposed;
        return month with { From = from, To = to < from ? from : to, State = state };
    }

    public static EventOccurrence Occurrence(OwnEvent own) => new(
        own.EventId.ToString(), own.Code, own.Name, EventKind.Own, own.Country, own.FromDay, own.ToDay, own.LeadDays, own.LagDays,
        EventState.Confirmed, own.FromDay, own.StoreNos?.ToHashSet());
}

/// <summary>An occurrence as it is computed.</summary>
internal readonly record struct Proposal(FeastKey Key, EventOccurrence Occurrence);

/// <param name="Proposal">As it is computed.</param>
/// <param name="Now">As it stands; a dismissed one as it was proposed.</param>
internal sealed record KnownFeast(FeastKey Key, EventOccurrence Proposal, EventOccurrence Now);
