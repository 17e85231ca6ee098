using EPM.Platform.Http;

namespace EPM.Sales.Metrics;

/// <summary>Days from the first to the last, both included.</summary>
internal readonly record struct Period(DateOnly From, DateOnly To)
{
    private const int MostDays = 366 * 12;

    public int Days => To.DayNumber - From.DayNumber + 1;

    public bool IsWholeMonths => From.Day == 1 && To.AddDays(1).Day == 1;

    /// <exception cref="BadInput">The period is missing, backward or too long.</exception>
    public static Period Of(DateOnly? from, DateOnly? to)
    {
        if (from is not { } first || to is not { } last)
            throw new BadInput("period_missing");
        if (last < first || last.DayNumber - first.DayNumber > MostDays)
            throw new BadInput("period_invalid");
        return new Period(first, last);
    }

    /// <returns>The day, or the nearest end of the period.</returns>
    public DateOnly Clamp(DateOnly day) => day < From ? From : day > To ? To : day;

    public Period Until(DateOnly last) => last < To && last >= From ? new Period(From, last) : this;
}

/// <summary>What a period is held against, and how its days line up with ours.</summary>
internal sealed record Comparison(string Kind, Period Period, Func<DateOnly, DateOnly> ToOurs)
{
    /// <summary>Whether single days must be moved: their months do not fall on whole months of ours.</summary>
    public bool ShiftsDays => Kind == LastYearWeekday || (Kind == Previous && !(Period.From.Day == 1 && ToOurs(Period.From).Day == 1));

    public const string LastYear = "last-year";
    public const string LastYearWeekday = "last-year-weekday";
    public const string Previous = "previous";
    public const string Objective = "objective";

    private const int WeeksOfYearInDays = 364;

    /// <param name="ours">The period shown.</param>
    /// <param name="elapsed">The part of it that has figures: only as much is compared, so that a month under way is not held against a whole one.</param>
    /// <returns>Null for none.</returns>
    public static Comparison? Of(string? kind, Period ours, Period elapsed) => kind switch
    {
        null or "" or "none" => null,
        LastYear => new Comparison(kind, new Period(elapsed.From.AddYears(-1), elapsed.Days == 1 ? elapsed.To.AddYears(-1) : LastYearOf(elapsed.To)), day => elapsed.Clamp(day.AddYears(1))),
        LastYearWeekday => new Comparison(kind, Shifted(elapsed, WeeksOfYearInDays), day => day.AddDays(WeeksOfYearInDays)),
        Previous => PreviousOf(ours, elapsed),
        Objective => new Comparison(kind, elapsed, day => day),
        _ => throw new BadInput("compare_unknown", ("compare", kind)),
    };

    private static Period Shifted(Period period, int days) => new(period.From.AddDays(-days), period.To.AddDays(-days));

    // The last day of a month is held against the last day of the same month, leap years included.
    private static DateOnly LastYearOf(DateOnly day) => day.AddDays(1).Day == 1 ? day.AddDays(1).AddYears(-1).AddDays(-1) : day.AddYears(-1);

    private static Comparison PreviousOf(Period ours, Period elapsed)
    {
        if (!ours.IsWholeMonths)
            return new Comparison(Previous, Shifted(elapsed, ours.Days), day => day.AddDays(ours.Days));
        var months = ((ours.To.Year - ours.From.Year) * 12) + ours.To.Month - ours.From.Month + 1;
        var to = elapsed == ours ? ours.From.AddDays(-1) : elapsed.To.AddMonths(-months);
        return new Comparison(Previous, new Period(ours.From.AddMonths(-months), to), day => day.AddMonths(months));
    }
}
