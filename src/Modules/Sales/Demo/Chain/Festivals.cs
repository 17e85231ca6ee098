using System.Globalization;

namespace EPM.Sales.Demo;

/// <summary>
/// Days that follow the moon. The Umm al-Qura calendar tells Mecca's; West Africa usually sees the crescent a day later, so a day is added.
/// </summary>
internal static class Festivals
{
    private static readonly UmAlQuraCalendar Mecca = new();

    /// <summary>Aïd al-Adha: 10 Dhu al-Hijja.</summary>
    public static IReadOnlyList<DateOnly> Tabaski(DateOnly from, DateOnly to) => Between(from, to, 12, 10);

    /// <summary>Aïd al-Fitr, the day after Ramadan: 1 Shawwal.</summary>
    public static IReadOnlyList<DateOnly> Korite(DateOnly from, DateOnly to) => Between(from, to, 10, 1);

    /// <summary>First days of Ramadan.</summary>
    public static IReadOnlyList<DateOnly> Ramadan(DateOnly from, DateOnly to) => Between(from, to, 9, 1);

    /// <summary>Grand Magal, the pilgrimage to Touba: 18 Safar.</summary>
    public static IReadOnlyList<DateOnly> Magal(DateOnly from, DateOnly to) => Between(from, to, 2, 18);

    // A little more than asked, so that what happens before and after a day is known at the edges too.
    private static DateOnly[] Between(DateOnly from, DateOnly to, int month, int day)
    {
        var (first, last) = (HijriYear(from) - 1, HijriYear(to) + 1);
        return [.. Enumerable.Range(first, last - first + 1).Select(year => DateOnly.FromDateTime(Mecca.ToDateTime(year, month, day, 0, 0, 0, 0)).AddDays(1))];
    }

    private static int HijriYear(DateOnly day) => Mecca.GetYear(day.ToDateTime(TimeOnly.MinValue));
}
