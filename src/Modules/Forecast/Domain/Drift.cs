namespace EPM.Forecast.Domain;

/// <summary>Errors of one cell in one week of seven days.</summary>
internal readonly record struct WeekErrors(DateOnly Monday, int Days, double AbsError, double AbsActual);

/// <summary>A cell whose forecasts have become worse.</summary>
/// <param name="Before">WAPE of the eight weeks before.</param>
/// <param name="Now">WAPE of the last four.</param>
/// <param name="Since">Monday of the first of the weeks that are all worse than what was usual.</param>
internal sealed record Drift(double Before, double Now, DateOnly Since)
{
    private const int WeeksNow = 4;
    private const int WeeksBefore = 8;

    // A cell that sells once a fortnight is off by half of it every other week: that is not drift.
    private const int LeastDays = 20;
    private const double LeastUnits = 28;

    // Worse by a third, and by five points: neither noise around a small error nor a large error that stays what it was.
    private const double Ratio = 4.0 / 3;
    private const double Points = 0.05;

    /// <param name="weeks">Of one cell, in any order; the last four of them, up to <paramref name="last"/>, are held against the eight before.</param>
    /// <param name="last">Monday of the last week that is told whole.</param>
    /// <param name="backtest">WAPE the model had in its backtest; null when it had none.</param>
    public static Drift? Of(IEnumerable<WeekErrors> weeks, DateOnly last, double? backtest)
    {
        var known = weeks.Where(week => week.Monday <= last && week.Monday > last.AddDays(-7 * (WeeksNow + WeeksBefore))).OrderBy(week => week.Monday).ToArray();
        var cut = last.AddDays(-7 * WeeksNow);
        var (before, now) = (known.Where(week => week.Monday <= cut).ToArray(), known.Where(week => week.Monday > cut).ToArray());
        if (before.Sum(week => week.Days) < LeastDays || now.Sum(week => week.Days) < LeastDays || now.Sum(week => week.AbsActual) < LeastUnits)
            return null;
        if (Wape(before) is not { } was || Wape(now) is not { } wape)
            return null;
        var usual = Math.Max(was, backtest ?? 0);
        if (wape < usual * Ratio || wape < usual + Points)
            return null;
        var worse = known.Reverse().TakeWhile(week => Wape([week]) is not { } one || one > usual).ToArray();
        return new Drift(was, wape, worse.Length > 0 ? worse[^1].Monday : now[0].Monday);
    }

    private static double? Wape(IReadOnlyCollection<WeekErrors> weeks)
    {
        var actual = weeks.Sum(week => week.AbsActual);
        return actual > 0 ? weeks.Sum(week => week.AbsError) / actual : null;
    }
}
