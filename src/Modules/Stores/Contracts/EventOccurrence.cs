using EPM.Platform.Localisation;

namespace EPM.Stores.Contracts;

/// <summary>How a day of the calendar comes to be.</summary>
public enum EventKind
{
    /// <summary>By the moon, or by Easter: another date each year.</summary>
    Moving,

    /// <summary>By the date, or by a rule of the civil year.</summary>
    Fixed,

    /// <summary>By the chain itself: a fair, a derby, works in the street.</summary>
    Own,
}

public enum EventState
{
    /// <summary>Computed; nobody has said yet that it is so.</summary>
    Proposed,

    Confirmed,

    /// <summary>Kept on other days than those computed.</summary>
    Moved,
}

/// <summary>One feast, window or own event on its days.</summary>
/// <param name="Id">Stands in addresses. The same for as long as what is proposed stays the same.</param>
/// <param name="Code">The same for every occurrence of one thing, so that what one year taught is known the next.</param>
/// <param name="Name">What the chain calls its own event; null for what everybody knows, see <see cref="NameIn"/>.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null for all countries of the chain.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Lead">Days before the first on which trade feels it already.</param>
/// <param name="Lag">Days after the last on which trade still feels it.</param>
/// <param name="Proposed">First day as computed; of an own event, its first day.</param>
/// <param name="Stores">Numbers of the only stores concerned; null for all of the country.</param>
public sealed record EventOccurrence(
    string Id, string Code, string? Name, EventKind Kind, string? Country, DateOnly From, DateOnly To, int Lead, int Lag, EventState State,
    DateOnly Proposed, IReadOnlySet<int>? Stores)
{
    public string NameIn(Texts texts, string language) => Name ?? texts.Say(language, "event." + Code);

    public bool IsOf(string country) => Country is null || Country == country;

    /// <summary>Whether trade feels it on one of these days, the days before and after it included.</summary>
    public bool IsFelt(DateOnly from, DateOnly to) => From.AddDays(-Lead) <= to && To.AddDays(Lag) >= from;

    /// <summary>Days to the event: negative before its first, positive after its last, 0 on its own days.</summary>
    public int DaysFrom(DateOnly day) => day < From ? day.DayNumber - From.DayNumber : day > To ? day.DayNumber - To.DayNumber : 0;
}
