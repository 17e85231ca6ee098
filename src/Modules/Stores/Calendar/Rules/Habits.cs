using System.Collections.Frozen;

namespace EPM.Stores.Calendar;

/// <summary>What differs from country to country. All of it is a proposal that a chain corrects.</summary>
internal static class Habits
{
    /// <summary>Where the crescent is as a rule seen, or announced, a day after Mecca's calendar.</summary>
    private static readonly FrozenSet<string> DayLater = Set("BF BJ CI GM GN GW MA ML MR NE SN TG");

    /// <summary>Where 1 Muharram's tenth day and the Prophet's birthday are kept widely enough to be felt in shops.</summary>
    public static readonly FrozenSet<string> Muslim = Set("AE BF BH BJ BN CF CI CM DJ DZ EG GM GN GW ID IQ JO KM KW LB LY MA ML MR MY NE NG OM PK QA SA SD SL SN SO SY TD TG TN TR YE");

    public static readonly FrozenSet<string> EasterMonday = Set("AT AU BE BF BI BJ CD CF CG CH CI CM DE DK ES FR GA GB GH GM GN IE IT KE LU MG ML NE NG NL NO PT RW SE SN TD TG ZA");

    public static readonly FrozenSet<string> Ascension = Set("AT BE BF BI BJ CF CH CI CM DE DK FI FR GA LU MG NL NO SE SN TG");

    public static readonly FrozenSet<string> Pentecost = Set("AT BE BJ CF CG CH CI DE DK FR GA HU IS LU MG NL NO SN TG");

    public static readonly FrozenSet<string> Assumption = Set("AT BE BF BI BJ CF CI CM ES FR GA GN IT LU MG MU PT RW SC SN TG");

    public static readonly FrozenSet<string> AllSaints = Set("AT BE BF BI BJ CF CG CI ES FR GA IT LU MG MU PL PT SC SN TD TG");

    /// <summary>Month and day of the national day.</summary>
    public static readonly FrozenDictionary<string, (int Month, int Day)> NationalDay = new Dictionary<string, (int, int)>(StringComparer.Ordinal)
    {
        // UEMOA
        ["BF"] = (12, 11),
        ["BJ"] = (8, 1),
        ["CI"] = (8, 7),
        ["GW"] = (9, 24),
        ["ML"] = (9, 22),
        ["NE"] = (12, 18),
        ["SN"] = (4, 4),
        ["TG"] = (4, 27),
        // CEMAC
        ["CF"] = (12, 1),
        ["CG"] = (8, 15),
        ["CM"] = (5, 20),
        ["GA"] = (8, 17),
        ["GQ"] = (10, 12),
        ["TD"] = (8, 11),
        // Others
        ["BE"] = (7, 21),
        ["BI"] = (7, 1),
        ["CA"] = (7, 1),
        ["CD"] = (6, 30),
        ["CH"] = (8, 1),
        ["DJ"] = (6, 27),
        ["DZ"] = (7, 5),
        ["ES"] = (10, 12),
        ["FR"] = (7, 14),
        ["GH"] = (3, 6),
        ["GM"] = (2, 18),
        ["GN"] = (10, 2),
        ["IT"] = (6, 2),
        ["KE"] = (12, 12),
        ["KM"] = (7, 6),
        ["LR"] = (7, 26),
        ["LU"] = (6, 23),
        ["MA"] = (7, 30),
        ["MG"] = (6, 26),
        ["MR"] = (11, 28),
        ["NG"] = (10, 1),
        ["PT"] = (6, 10),
        ["RW"] = (7, 1),
        ["SA"] = (9, 23),
        ["SL"] = (4, 27),
        ["TN"] = (3, 20),
        ["US"] = (7, 4),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // From the month and day on which families begin to buy for school, to those on which they are done.
    private static readonly (int, int, int, int) LateAugust = (8, 20, 9, 20);

    private static readonly FrozenDictionary<string, (int, int, int, int)> School = new Dictionary<string, (int, int, int, int)>(StringComparer.Ordinal)
    {
        ["BF"] = (9, 15, 10, 15),
        ["BJ"] = (9, 1, 9, 30),
        ["CF"] = (9, 15, 10, 15),
        ["CG"] = (9, 15, 10, 15),
        ["CI"] = (8, 25, 9, 25),
        ["FR"] = (8, 15, 9, 15),
        ["GN"] = (9, 15, 10, 15),
        ["GW"] = (9, 15, 10, 15),
        ["ML"] = (9, 15, 10, 15),
        ["MR"] = (9, 15, 10, 15),
        ["NE"] = (9, 15, 10, 15),
        ["SN"] = (9, 15, 10, 20),
        ["TD"] = (9, 15, 10, 15),
        ["TG"] = (9, 1, 9, 30),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Where salaries come later in the month, and are gone sooner.
    private static readonly FrozenSet<string> LatePayday = Set("BE CH FR LU");

    /// <summary>Days after Mecca's date on which a feast of the moon is proposed.</summary>
    public static int MoonOffset(string country) => DayLater.Contains(country) ? 1 : 0;

    public static (DateOnly From, DateOnly To) BackToSchool(string country, int year)
    {
        var (fromMonth, fromDay, toMonth, toDay) = School.GetValueOrDefault(country, LateAugust);
        return (new DateOnly(year, fromMonth, fromDay), new DateOnly(year, toMonth, toDay));
    }

    /// <summary>The window around the turn of a month, named by the month it begins in.</summary>
    public static (DateOnly From, DateOnly To) Payday(string country, int year, int month)
    {
        var next = new DateOnly(year, month, 1).AddMonths(1);
        return LatePayday.Contains(country) ? (new DateOnly(year, month, 27), next.AddDays(3)) : (new DateOnly(year, month, 25), next.AddDays(4));
    }

    private static FrozenSet<string> Set(string countries) => countries.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
