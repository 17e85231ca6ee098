namespace EPM.Forecast.Engine.Events;

/// <summary>The days on which salaries are paid, as an event that comes every month.</summary>
public static class Paydays
{
    /// <summary>Every payday of the months that touch the range; of those outside it too where the window reaches in.</summary>
    /// <param name="day">The day of the month, 1 to 31; in months that are shorter the last.</param>
    /// <param name="weekends">Whether it is paid on weekends too; otherwise on the working day before.</param>
    public static IReadOnlyList<Occurrence> Between(DateOnly from, DateOnly to, int day = 31, int lead = 1, int lag = 5, bool weekends = false, string name = "payday")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, 31);
        var paydays = new List<Occurrence>();
        for (var month = new DateOnly(from.Year, from.Month, 1).AddMonths(-1); month <= to.AddMonths(1); month = month.AddMonths(1))
        {
            var paid = month.AddDays(Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)) - 1);
            while (!weekends && paid.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
                paid = paid.AddDays(-1);
            if (paid.AddDays(lag) >= from && paid.AddDays(-lead) <= to)
                paydays.Add(new Occurrence(name, paid, paid, lead, lag));
        }
        return paydays;
    }
}
