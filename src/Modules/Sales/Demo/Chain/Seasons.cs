namespace EPM.Sales.Demo;

/// <summary>What the months do to kinds of goods; each year averages about one.</summary>
internal static class Seasons
{
    private static readonly double[] Even = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    private static readonly double[] Hot = [0.74, 0.80, 0.96, 1.12, 1.24, 1.22, 1.08, 1.02, 1.06, 1.16, 0.94, 0.76];
    private static readonly double[] Cool = [1.20, 1.16, 1.06, 0.96, 0.90, 0.88, 0.90, 0.92, 0.94, 0.94, 1.02, 1.16];
    private static readonly double[] Rain = [0.68, 0.64, 0.66, 0.72, 0.86, 1.08, 1.42, 1.66, 1.58, 1.22, 0.82, 0.70];
    private static readonly double[] School = [0.72, 0.52, 0.50, 0.52, 0.46, 0.40, 0.42, 0.90, 2.60, 3.60, 0.88, 0.54];

    private static readonly double[] Traffic = [0.95, 0.94, 0.98, 1.00, 1.01, 1.00, 1.02, 0.99, 0.98, 1.02, 1.00, 1.10];

    public static double Of(string season, DateOnly day) => OnDay(season switch
    {
        "hot" => Hot,
        "cool" => Cool,
        "rain" => Rain,
        "school" => School,
        _ => Even,
    }, day);

    /// <summary>What the month does to the number of tickets.</summary>
    public static double OfTraffic(DateOnly day) => OnDay(Traffic, day);

    // From the middle of a month to the middle of the next, so that the first of a month is no step.
    private static double OnDay(double[] year, DateOnly day)
    {
        var place = day.Month - 1 + ((day.Day - 15) / 30.0);
        var month = (int)Math.Floor(place);
        var part = place - month;
        return (year[(month + 12) % 12] * (1 - part)) + (year[(month + 13) % 12] * part);
    }
}
