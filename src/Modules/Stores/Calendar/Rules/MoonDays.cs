using System.Globalization;

namespace EPM.Stores.Calendar;

/// <summary>Days of the Hijri year by the Umm al-Qura calendar, which tells Mecca's. Elsewhere the crescent may be seen a day later.</summary>
internal static class MoonDays
{
    // The calendar is told in tables of these years.
    private const int First = 1900;
    private const int Last = 2076;

    private static readonly UmAlQuraCalendar Mecca = new();

    /// <summary>A day of the Hijri year, as often as it falls into a civil year: about every 33 years it does so twice.</summary>
    public static IEnumerable<DateOnly> In(int year, int month, int day)
    {
        if (year is <= First or > Last)
            yield break;
        for (var hijri = HijriYear(year) - 1; hijri <= HijriYear(year) + 1; hijri++)
        {
            var found = Of(hijri, month, day);
            if (found.Year == year)
                yield return found;
        }
    }

    /// <summary>The first day of the month after the one that begins on this day.</summary>
    public static DateOnly NextMonth(DateOnly start)
    {
        var moment = start.ToDateTime(TimeOnly.MinValue);
        return start.AddDays(Mecca.GetDaysInMonth(Mecca.GetYear(moment), Mecca.GetMonth(moment)));
    }

    private static int HijriYear(int year) => Mecca.GetYear(new DateTime(year, 7, 1, 0, 0, 0, DateTimeKind.Unspecified));

    private static DateOnly Of(int hijri, int month, int day) => DateOnly.FromDateTime(Mecca.ToDateTime(hijri, month, day, 0, 0, 0, 0));
}
