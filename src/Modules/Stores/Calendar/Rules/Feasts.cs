using System.Collections.Frozen;

namespace EPM.Stores.Calendar;

/// <summary>
/// What everybody knows. Leads are the days on which one shops for it, lags those on which trade comes back: starting points that a
/// chain corrects occurrence by occurrence.
/// </summary>
internal static class Feasts
{
    public const string Ramadan = "ramadan";
    public const string RamadanStart = "ramadan-start";
    public const string Korite = "korite";
    public const string BackToSchool = "back-to-school";

    public static readonly IReadOnlyList<FeastRule> All =
    [
        FeastRule.ByMonth(Ramadan, 9),
        FeastRule.ByMoon(RamadanStart, 9, 1, lead: 5, lag: 2),
        FeastRule.ByMoon(Korite, 10, 1, lead: 7, lag: 3),
        FeastRule.ByMoon("tabaski", 12, 10, lead: 10, lag: 3),
        FeastRule.ByMoon("tamkharit", 1, 10, lead: 3, lag: 1, Habits.Muslim.Contains),
        FeastRule.ByMoon("magal", 2, 18, lead: 12, lag: 3, country => country == "SN"),
        FeastRule.ByMoon("maouloud", 3, 12, lead: 4, lag: 1, Habits.Muslim.Contains),

        FeastRule.ByEaster("easter", 0, lead: 5, lag: 0),
        FeastRule.ByEaster("easter-monday", 1, lead: 0, lag: 1, Habits.EasterMonday.Contains),
        FeastRule.ByEaster("ascension", 39, lead: 1, lag: 0, Habits.Ascension.Contains),
        // The Monday is the day off; the week-end before it is felt.
        FeastRule.ByEaster("pentecost", 50, lead: 2, lag: 0, Habits.Pentecost.Contains),

        FeastRule.ByDate("new-year", 1, 1, lead: 4, lag: 1),
        FeastRule.ByDate("labour-day", 5, 1, lead: 1, lag: 0),
        FeastRule.ByDate("assumption", 8, 15, lead: 1, lag: 0, Habits.Assumption.Contains),
        FeastRule.ByDate("all-saints", 11, 1, lead: 2, lag: 0, Habits.AllSaints.Contains),
        FeastRule.ByDate("christmas", 12, 25, lead: 14, lag: 1),
        new("national-day", FeastRule.Civil, 1, 0, PerCountry: true, Habits.NationalDay.ContainsKey,
            (country, year) => Habits.NationalDay.TryGetValue(country, out var day) ? [FeastDays.On(new DateOnly(year, day.Month, day.Day))] : []),

        // The day after Thanksgiving, the fourth Thursday of November: 23 to 29.
        new("black-friday", FeastRule.Civil, 4, 3, PerCountry: false, _ => true, (_, year) => [FeastDays.On(FirstFriday(new DateOnly(year, 11, 23)))]),
        new(BackToSchool, FeastRule.Habit, 0, 0, PerCountry: true, _ => true, (country, year) => [FeastDays.Over(Habits.BackToSchool(country, year))]),
        new("payday", FeastRule.Habit, 0, 0, PerCountry: true, _ => true,
            (country, year) => Enumerable.Range(1, 12).Select(month => FeastDays.Over(Habits.Payday(country, year, month)))),
    ];

    public static readonly FrozenDictionary<string, FeastRule> ByCode = All.ToFrozenDictionary(rule => rule.Code, StringComparer.Ordinal);

    private static DateOnly FirstFriday(DateOnly notBefore) => notBefore.AddDays(((int)DayOfWeek.Friday - (int)notBefore.DayOfWeek + 7) % 7);
}
