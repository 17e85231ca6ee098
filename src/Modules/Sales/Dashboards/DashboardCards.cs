using EPM.Platform.Localisation;
using EPM.Platform.Security;
using EPM.Sales.Metrics;

namespace EPM.Sales.Dashboards;

/// <summary>The figures at the top, each with its comparison, its plan and its course.</summary>
internal sealed class DashboardCards(Texts texts, Caller caller, int decimals)
{
    private static readonly string[] Names =
        ["revenue", "gross-margin", "margin-rate", "tickets", "basket", "units-per-ticket", "discount-rate", "objective-attainment"];

    public IReadOnlyList<Card> Of(DashboardSums sums) =>
        [.. Names.Select(name => MetricRegistry.Find(name)!).Where(metric => !metric.NeedsCost || caller.Scope.SeesCost).Select(metric => One(metric, sums))];

    private Card One(Metric metric, DashboardSums sums)
    {
        var total = sums.Total;
        var value = sums.Measured ? Apportion.Round(metric, metric.Of(total), decimals) : null;
        var plan = metric.Name == MetricRegistry.Revenue ? Apportion.Round(metric, total.Objective, decimals) : null;
        var compare = sums.AgainstPlan ? plan : sums.TotalBefore is { } before ? Apportion.Round(metric, metric.Of(before), decimals) : null;
        return new Card(
            metric.Name, texts.Say(caller.Language, $"metric.{metric.Name}"), metric.Unit.ToString().ToLowerInvariant(), metric.GoodIsUp ? "up" : "down",
            value, compare, Delta(metric, value, compare), metric.Name is "objective-attainment" ? Apportion.Round(MetricRegistry.Find(MetricRegistry.Objective)!, total.Objective, decimals) : plan,
            [.. Enumerable.Range(0, sums.Grain.Count).Select(i => sums.IsMeasured(i) ? Apportion.Round(metric, metric.Of(sums.Point(i)), decimals) : null)]);
    }

    /// <summary>Relative change, or the difference of two percentages; null when either is missing or there is nothing to be relative to.</summary>
    public static decimal? Delta(Metric metric, decimal? value, decimal? compare) => (value, compare) switch
    {
        (null, _) or (_, null) => null,
        _ when metric.Unit == MetricUnit.Percent => value - compare,
        (_, 0) => null,
        _ => decimal.Round((value.Value - compare.Value) / Math.Abs(compare.Value), 6),
    };
}
