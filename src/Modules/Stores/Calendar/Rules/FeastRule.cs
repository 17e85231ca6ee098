namespace EPM.Stores.Calendar;

/// <summary>Days on which something is kept.</summary>
/// <param name="Base">The computed day that names the occurrence: the same whatever a country makes of it.</param>
internal readonly record struct FeastDays(DateOnly Base, DateOnly From, DateOnly To)
{
    public static FeastDays On(DateOnly day) => new(day, day, day);

    public static FeastDays Over((DateOnly From, DateOnly To) window) => new(window.From, window.From, window.To);
}

/// <summary>A feast that everybody knows, and how its days are found.</summary>
/// <param name="Source">What its days are found by: the <c>moon</c>, <c>easter</c>, the <c>calendar</c>, or a <c>habit</c> of the country.</param>
/// <param name="PerCountry">Whether each country has days of its own; otherwise the chain has one for all.</param>
/// <param name="IsOf">Countries that keep it, of those that have days of their own.</param>
/// <param name="Days">Its days in a year, named by the year of the base day.</param>
internal sealed record FeastRule(string Code, string Source, int Lead, int Lag, bool PerCountry, Predicate<string> IsOf, Func<string, int, IEnumerable<FeastDays>> Days)
{
    public bool IsMoving => Source is Moon or OfEaster;

    /// <summary>Whether the days are certain as computed. The crescent is seen or not, and the start of school is decreed each year.</summary>
    public bool IsCertain => Source != Moon && Code != Feasts.BackToSchool;

    public const string Moon = "moon";
    public const string OfEaster = "easter";
    public const string Civil = "calendar";
    public const string Habit = "habit";

    public static FeastRule ByMoon(string code, int month, int day, int lead, int lag, Predicate<string>? isOf = null) => new(code, Moon, lead, lag, true, isOf ?? Everywhere,
        (country, year) => MoonDays.In(year, month, day).Select(at => FeastDays.On(at) with { From = At(at, country), To = At(at, country) }));

    /// <summary>A whole month of the moon.</summary>
    public static FeastRule ByMonth(string code, int month) => new(code, Moon, 0, 0, true, Everywhere,
        (country, year) => MoonDays.In(year, month, 1).Select(at => new FeastDays(at, At(at, country), At(MoonDays.NextMonth(at), country).AddDays(-1))));

    public static FeastRule ByEaster(string code, int days, int lead, int lag, Predicate<string>? isOf = null) =>
        new(code, OfEaster, lead, lag, isOf is not null, isOf ?? Everywhere, (_, year) => [FeastDays.On(EasterDays.Easter(year).AddDays(days))]);

    public static FeastRule ByDate(string code, int month, int day, int lead, int lag, Predicate<string>? isOf = null) =>
        new(code, Civil, lead, lag, isOf is not null, isOf ?? Everywhere, (_, year) => [FeastDays.On(new DateOnly(year, month, day))]);

    private static DateOnly At(DateOnly mecca, string country) => mecca.AddDays(Habits.MoonOffset(country));

    private static bool Everywhere(string country) => true;
}
