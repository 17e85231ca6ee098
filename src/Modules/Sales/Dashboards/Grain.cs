using EPM.Sales.Metrics;

namespace EPM.Sales.Dashboards;

/// <summary>How a period is cut into at most sixty points.</summary>
internal sealed record Grain(string Name, Period Period)
{
    private const int MostPoints = 62;

    public static Grain Of(Period period) => new(period.Days <= MostPoints ? "day" : period.Days <= MostPoints * 7 ? "week" : "month", period);

    public bool IsDay => Name == "day";

    public bool IsMonth => Name == "month";

    public int Count => Index(Period.To) + 1;

    /// <returns>Which point a day belongs to.</returns>
    public int Index(DateOnly day) => Name switch
    {
        "day" => day.DayNumber - Period.From.DayNumber,
        "week" => (day.DayNumber - Period.From.DayNumber) / 7,
        _ => ((day.Year - Period.From.Year) * 12) + day.Month - Period.From.Month,
    };

    /// <returns>First to last day of a point.</returns>
    public Period Days(int index) => new(Start(index), index + 1 < Count ? Start(index + 1).AddDays(-1) : Period.To);

    /// <returns>First day of a point.</returns>
    public DateOnly Start(int index) => Name switch
    {
        "day" => Period.From.AddDays(index),
        "week" => Period.From.AddDays(index * 7),
        _ => index == 0 ? Period.From : new DateOnly(Period.From.Year, Period.From.Month, 1).AddMonths(index),
    };
}
