namespace EPM.Stores.Calendar;

internal static class EasterDays
{
    /// <summary>Easter Sunday of the Gregorian calendar: the computus as Meeus, Jones and Butcher wrote it down.</summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, ofCentury) = (year % 19, year / 100, year % 100);
        var (leaps, rest) = (century / 4, century % 4);
        var moonDrift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leaps - moonDrift + 15) % 30;
        var toSunday = (32 + (2 * rest) + (2 * (ofCentury / 4)) - epact - (ofCentury % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * toSunday)) / 451;
        var days = epact + toSunday - (7 * late) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
