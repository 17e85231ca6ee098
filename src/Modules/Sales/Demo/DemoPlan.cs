namespace EPM.Sales.Demo;

/// <summary>How much of the demonstration chain's life is made.</summary>
/// <param name="Months">Whole months before the current one.</param>
/// <param name="Traffic">1 for about thirty tickets a store and day.</param>
internal sealed record DemoScale(int Months, double Traffic)
{
    public static readonly DemoScale Full = new(36, 1);
}

/// <summary>The days the chain's sales are made for. What happens on a day depends on its first day, never on its last.</summary>
internal sealed record DemoPlan(DateOnly Start, DateOnly End, double Traffic = 1)
{
    /// <summary>Zone in which the chain's day ends.</summary>
    public const string TimeZone = "Africa/Dakar";

    /// <summary>A store opens in the March of the second year.</summary>
    public DateOnly Opening { get; } = FirstOf(3, Start.AddMonths(12)).AddDays(9);

    /// <summary>A store is closed for works in the September of the third year; both ends are closed days.</summary>
    public (DateOnly From, DateOnly To) Works { get; } = (FirstOf(9, Start.AddMonths(24)).AddDays(6), FirstOf(9, Start.AddMonths(24)).AddDays(15));

    /// <summary>Objectives are set to the end of the year.</summary>
    public DateOnly LastObjective { get; } = new(End.Year, 12, 1);

    public static DemoPlan Of(DateOnly start, DateOnly today, DemoScale scale) => new(start, today.AddDays(-1), scale.Traffic);

    public static DateOnly StartFor(DateOnly today, DemoScale scale) => new DateOnly(today.Year, today.Month, 1).AddMonths(-scale.Months);

    public IEnumerable<DateOnly> Months()
    {
        for (var month = new DateOnly(Start.Year, Start.Month, 1); month <= LastObjective; month = month.AddMonths(1))
            yield return month;
    }

    /// <summary>Periods that are one file each: quarters, cut at both ends of the plan.</summary>
    public IEnumerable<(DateOnly From, DateOnly To)> Quarters()
    {
        for (var from = Start; from <= End;)
        {
            var next = new DateOnly(from.Year, (((from.Month - 1) / 3) * 3) + 1, 1).AddMonths(3);
            yield return (from, next.AddDays(-1) < End ? next.AddDays(-1) : End);
            from = next;
        }
    }

    private static DateOnly FirstOf(int month, DateOnly notBefore)
    {
        var day = new DateOnly(notBefore.Year, month, 1);
        return day >= notBefore ? day : day.AddYears(1);
    }
}
