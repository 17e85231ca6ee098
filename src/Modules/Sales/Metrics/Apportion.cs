namespace EPM.Sales.Metrics;

/// <summary>Rounds parts so that they still sum to their rounded whole: the largest remainders give way first.</summary>
internal static class Apportion
{
    /// <param name="decimals">Decimals of the currency.</param>
    public static decimal?[] Round(IReadOnlyList<decimal?> parts, int decimals)
    {
        var unit = 1m;
        for (var i = 0; i < decimals; i++)
            unit /= 10;
        var whole = decimal.Round(parts.Sum(part => part ?? 0), decimals, MidpointRounding.AwayFromZero);
        var rounded = parts.Select(part => part is null ? (decimal?)null : decimal.Floor(part.Value / unit) * unit).ToArray();
        var missing = (int)((whole - rounded.Sum(part => part ?? 0)) / unit);
        var byRemainder = Enumerable.Range(0, parts.Count).Where(i => parts[i] is not null)
            .OrderByDescending(i => parts[i]!.Value - rounded[i]!.Value).ThenBy(i => i).Take(missing);
        foreach (var i in byRemainder)
            rounded[i] += unit;
        return rounded;
    }

    /// <summary>Rounds one figure as its unit is told.</summary>
    public static decimal? Round(Metric metric, decimal? value, int currencyDecimals) => value is null ? null : metric.Unit switch
    {
        MetricUnit.Money => decimal.Round(value.Value, currencyDecimals, MidpointRounding.AwayFromZero),
        MetricUnit.Percent => decimal.Round(value.Value, 6, MidpointRounding.AwayFromZero),
        _ => decimal.Round(value.Value, 4, MidpointRounding.AwayFromZero),
    };
}
