namespace EPM.Sales.Demo;

/// <summary>What is particular about a day: how much of each event is felt (0 to 1), and what that does to traffic.</summary>
internal sealed record DemoDay(double Ramadan, double Korite, double Tabaski, double Magal, double Xmas, double School)
{
    /// <summary>Tickets over those of an ordinary day, wherever the store is.</summary>
    public required double Traffic { get; init; }

    /// <summary>The same that only pilgrims bring.</summary>
    public required double PilgrimTraffic { get; init; }

    /// <summary>The same that only Christmas and the New Year bring.</summary>
    public required double YearEndTraffic { get; init; }
}

/// <summary>The calendar the chain trades by: paydays, school, the feasts of the moon and those of the year's end.</summary>
internal sealed class DemoCalendar
{
    private readonly DateOnly _from;
    private readonly DemoDay[] _days;

    public DemoCalendar(DateOnly from, DateOnly to)
    {
        _from = from;
        var (tabaski, korite) = (Festivals.Tabaski(from, to), Festivals.Korite(from, to));
        var (ramadan, magal) = (Festivals.Ramadan(from, to), Festivals.Magal(from, to));
        _days = new DemoDay[to.DayNumber - from.DayNumber + 1];
        for (var i = 0; i < _days.Length; i++)
        {
            var day = from.AddDays(i);
            _days[i] = Describe(day, Nearest(day, tabaski), Nearest(day, korite), ramadan.Zip(korite).Any(month => day >= month.First && day < month.Second), Nearest(day, magal));
        }
    }

    /// <summary>The weeks in which families buy for school.</summary>
    public static (DateOnly From, DateOnly To) SchoolSeason(int year) => (new DateOnly(year, 9, 15), new DateOnly(year, 10, 20));

    public DemoDay this[DateOnly day] => _days[day.DayNumber - _from.DayNumber];

    /// <param name="tabaski">Days since the nearest feast; negative before it.</param>
    private static DemoDay Describe(DateOnly day, int tabaski, int korite, bool fasting, int magal)
    {
        var yearEnd = YearEnd(day);
        return new DemoDay(
            Ramadan: fasting || korite is >= -33 and < -29 ? 1 : 0,
            Korite: Before(korite, 7),
            Tabaski: Before(tabaski, 10),
            Magal: Before(magal, 12),
            Xmas: day.Month == 12 ? Math.Clamp((day.Day - 8) / 12.0, 0, 1) : 0,
            School: SchoolSeason(day.Year) is var school && day >= school.From && day <= school.To ? 1 : 0)
        {
            Traffic = OfTheWeek(day) * Payday(day) * (fasting ? 1.06 : 1) * Feast(korite, 7, 1.45) * Feast(tabaski, 10, 1.75),
            PilgrimTraffic = Feast(magal, 12, 2.6),
            YearEndTraffic = yearEnd,
        };
    }

    private static double OfTheWeek(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Monday => 0.91,
        DayOfWeek.Tuesday => 0.90,
        DayOfWeek.Wednesday => 0.94,
        DayOfWeek.Thursday => 0.97,
        DayOfWeek.Friday => 1.04,
        DayOfWeek.Saturday => 1.29,
        _ => 0.95,
    };

    // Salaries come at the end of the month.
    private static double Payday(DateOnly day) => day.Day is >= 25 or <= 5 ? 1.15 : 0.90;

    private static double YearEnd(DateOnly day) => (day.Month, day.Day) switch
    {
        (12, 25) => 0.55,
        (12, 30 or 31) => 1.5,
        (12, >= 15) => 1.3,
        (1, 1) => 0.45,
        (1, >= 8 and <= 24) => 0.93,
        _ => 1,
    };

    // Shopping swells up to the eve, stops on the day itself, and comes back slowly.
    private static double Feast(int since, int days, double height) => since switch
    {
        0 => 0.25,
        1 => 0.55,
        2 => 0.8,
        < 0 => 1 + ((height - 1) * Before(since, days)),
        _ => 1,
    };

    private static double Before(int since, int days) => since < 0 && since >= -days ? (days + since + 1) / (double)days : 0;

    private static int Nearest(DateOnly day, IReadOnlyList<DateOnly> feasts) =>
        feasts.Select(feast => day.DayNumber - feast.DayNumber).MinBy(Math.Abs);
}
