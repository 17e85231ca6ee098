using EPM.Sales.Imports.Applying;
using EPM.Sales.Rollups;

namespace EPM.Sales.Metrics;

/// <summary>What metrics are computed of: summed measures, and what was planned for the same cell.</summary>
/// <param name="Objective">Planned revenue with tax, or null when none was set.</param>
/// <param name="Due">The part of the plan that falls on days which have figures.</param>
/// <param name="PlannedRevenue">Revenue, in ten-thousandths, of the stores that have an objective.</param>
/// <param name="TicketsKnown">False where a count of tickets would have to be a sum of counts.</param>
internal readonly record struct Totals(Measures Measures, decimal? Objective = null, decimal? Due = null, long PlannedRevenue = 0, bool TicketsKnown = true)
{
    public static readonly Totals None = new(default);

    public Totals Plus(in Totals other)
    {
        var sum = Measures;
        sum.Add(other.Measures, 1);
        return new Totals(sum, Sum(Objective, other.Objective), Sum(Due, other.Due), PlannedRevenue + other.PlannedRevenue, TicketsKnown && other.TicketsKnown);
    }

    private static decimal? Sum(decimal? one, decimal? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);
}

/// <summary>How a metric may be added up.</summary>
internal enum MetricKind
{
    /// <summary>Parts sum to the whole.</summary>
    Additive,

    /// <summary>A quotient of sums: recomputed for every total.</summary>
    Ratio,

    /// <summary>A count of distinct things: counted at each level, never summed across categories.</summary>
    Distinct,
}

internal enum MetricUnit
{
    Money,
    Count,
    Number,
    Percent,
}

/// <summary>One metric: its name in the API, how it is told, and its formula.</summary>
/// <param name="GoodIsUp">Whether more of it is better.</param>
/// <param name="NeedsCost">Shown only to those who may see purchase prices.</param>
/// <param name="Of">The formula; null where the figure was not measured.</param>
internal sealed record Metric(string Name, MetricUnit Unit, MetricKind Kind, bool GoodIsUp, bool NeedsCost, Func<Totals, decimal?> Of);

/// <summary>The one list of metrics.</summary>
internal static class MetricRegistry
{
    public const string Revenue = "revenue";
    public const string Objective = "objective";

    public static readonly IReadOnlyList<Metric> All =
    [
        new(Revenue, MetricUnit.Money, MetricKind.Additive, GoodIsUp: true, NeedsCost: false, t => Money(t.Measures.Revenue)),
        new("revenue-net", MetricUnit.Money, MetricKind.Additive, GoodIsUp: true, NeedsCost: false, t => Money(t.Measures.Net)),
        new("tax", MetricUnit.Money, MetricKind.Additive, GoodIsUp: true, NeedsCost: false, t => Money(t.Measures.Revenue - t.Measures.Net)),
        new("tickets", MetricUnit.Count, MetricKind.Distinct, GoodIsUp: true, NeedsCost: false, t => Tickets(t)),
        new("units", MetricUnit.Number, MetricKind.Additive, GoodIsUp: true, NeedsCost: false, t => Money(t.Measures.Units)),
        new("basket", MetricUnit.Money, MetricKind.Ratio, GoodIsUp: true, NeedsCost: false, t => Quotient(Money(t.Measures.Revenue), Tickets(t))),
        new("units-per-ticket", MetricUnit.Number, MetricKind.Ratio, GoodIsUp: true, NeedsCost: false, t => Quotient(Money(t.Measures.Units), Tickets(t))),
        new("average-price", MetricUnit.Money, MetricKind.Ratio, GoodIsUp: true, NeedsCost: false, t => Quotient(Money(t.Measures.Revenue), Money(t.Measures.Units))),
        new("gross-margin", MetricUnit.Money, MetricKind.Additive, GoodIsUp: true, NeedsCost: true, Margin),
        new("margin-rate", MetricUnit.Percent, MetricKind.Ratio, GoodIsUp: true, NeedsCost: true, t => Quotient(Margin(t), Money(t.Measures.CostedNet))),
        new("discount", MetricUnit.Money, MetricKind.Additive, GoodIsUp: false, NeedsCost: false, t => Money(t.Measures.Discount)),
        new("discount-rate", MetricUnit.Percent, MetricKind.Ratio, GoodIsUp: false, NeedsCost: false,
            t => Quotient(Money(t.Measures.Discount), Money(t.Measures.Revenue + t.Measures.Discount))),
        new(Objective, MetricUnit.Money, MetricKind.Additive, GoodIsUp: true, NeedsCost: false, t => t.Objective),
        new("objective-attainment", MetricUnit.Percent, MetricKind.Ratio, GoodIsUp: true, NeedsCost: false, t => Quotient(Money(t.PlannedRevenue), t.Due)),
    ];

    private static readonly Dictionary<string, Metric> ByName = All.ToDictionary(metric => metric.Name, StringComparer.Ordinal);

    public static Metric? Find(string name) => ByName.GetValueOrDefault(name);

    private static decimal Money(long scaled) => Amount.ToDecimal(scaled);

    // Sources without tickets count none: a basket of them was not measured, which is not a basket of zero.
    private static decimal? Tickets(in Totals totals) =>
        !totals.TicketsKnown || (totals.Measures.Tickets == 0 && totals.Measures.Lines > 0) ? null : totals.Measures.Tickets;

    private static decimal? Margin(Totals totals) =>
        totals.Measures.CostedNet == 0 && totals.Measures.Net != 0 ? null : Money(totals.Measures.CostedNet - totals.Measures.Cost);

    private static decimal? Quotient(decimal? above, decimal? below) => above is null || below is null or 0 ? null : above / below;
}
