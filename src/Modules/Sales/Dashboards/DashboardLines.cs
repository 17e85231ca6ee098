using EPM.Sales.Imports.Applying;
using EPM.Sales.Metrics;
using EPM.Sales.Rollups;

namespace EPM.Sales.Dashboards;

/// <summary>The series, rankings and the heat map; rounded parts of each sum to the rounded total.</summary>
internal sealed class DashboardLines(DashboardSums sums, int decimals, bool seesCost)
{
    private static readonly Metric Revenue = MetricRegistry.Find(MetricRegistry.Revenue)!;
    private static readonly Metric MarginRate = MetricRegistry.Find("margin-rate")!;
    private static readonly Metric Attainment = MetricRegistry.Find("objective-attainment")!;

    public IReadOnlyList<SeriesPoint> Series()
    {
        var points = Enumerable.Range(0, sums.Grain.Count).ToArray();
        var actual = Rounded(points.Select(i => sums.IsMeasured(i) ? Money(sums.Point(i)) : null));
        var before = sums.HasBefore ? Rounded(points.Select(i => i > sums.LastPoint ? null : Money(sums.PointBefore(i)))) : null;
        var planned = Rounded(points.Select(sums.Planned));
        return [.. points.Select(i => new SeriesPoint(sums.Grain.Start(i), actual[i], before?[i], planned[i]))];
    }

    public IReadOnlyList<StoreLine> Stores()
    {
        var stores = sums.Selection.Stores.Where(store => sums.Store(store.StoreNo).Measures.Lines != 0 || sums.StoreBefore(store.StoreNo) is not null || sums.Store(store.StoreNo).Objective is not null).ToArray();
        var revenue = Rounded(stores.Select(store => Money(sums.Store(store.StoreNo))));
        var before = Before([.. stores.Select(store => (sums.StoreBefore(store.StoreNo), sums.Store(store.StoreNo)))]);
        var sparks = sums.Data.Ours.ToLookup(point => point.StoreNo);
        var lines = stores.Select((store, i) => new StoreLine(
            store.Code, store.Name, store.RegionCode, revenue[i] ?? 0, before[i],
            sums.IsComparable(store.StoreNo) ? DashboardCards.Delta(Revenue, revenue[i], before[i]) : null,
            Apportion.Round(Attainment, Attainment.Of(sums.Store(store.StoreNo)), decimals), Margin(sums.Store(store.StoreNo).Measures),
            Share(revenue[i]), Spark(sparks[store.StoreNo])));
        return [.. lines.OrderByDescending(line => line.Revenue).ThenBy(line => line.Code, StringComparer.Ordinal)];
    }

    public IReadOnlyList<RegionLine> Regions()
    {
        var regions = sums.Selection.Stores.GroupBy(store => (store.RegionCode, store.RegionName)).Select(group => (
            group.Key, Ours: DashboardSums.Sum(group.Select(store => sums.Store(store.StoreNo))),
            Theirs: group.Any(store => sums.StoreBefore(store.StoreNo) is not null) ? DashboardSums.Sum(group.Select(store => sums.StoreBefore(store.StoreNo) ?? Totals.None)) : (Totals?)null)).ToArray();
        var revenue = Rounded(regions.Select(region => Money(region.Ours)));
        var before = Before([.. regions.Select(region => (region.Theirs, region.Ours))]);
        var lines = regions.Select((region, i) => new RegionLine(
            region.Key.RegionCode, region.Key.RegionName, revenue[i] ?? 0, before[i], DashboardCards.Delta(Revenue, revenue[i], before[i]),
            Apportion.Round(Attainment, Attainment.Of(region.Ours), decimals), Share(revenue[i])));
        return [.. lines.OrderByDescending(line => line.Revenue).ThenBy(line => line.Code, StringComparer.Ordinal)];
    }

    public IReadOnlyList<CategoryLine> Categories()
    {
        var known = sums.Selection.Children.Where(c => sums.Data.Categories.ContainsKey(c.No) || sums.Data.CategoriesBefore.ContainsKey(c.No)).ToArray();
        var revenue = Rounded(known.Select(c => (decimal?)Amount.ToDecimal(sums.Data.Categories.GetValueOrDefault(c.No).Revenue)));
        var before = known.Select(c => sums.HasBefore && sums.Data.CategoriesBefore.TryGetValue(c.No, out var m) ? Apportion.Round(Revenue, Amount.ToDecimal(m.Revenue), decimals) : null).ToArray();
        var lines = known.Select((c, i) => new CategoryLine(
            c.Code, c.Name, sums.Selection.Category?.Code, sums.Selection.HasChildren(c), revenue[i] ?? 0, before[i],
            DashboardCards.Delta(Revenue, revenue[i], before[i]), Margin(sums.Data.Categories.GetValueOrDefault(c.No)), Share(revenue[i])));
        return [.. lines.OrderByDescending(line => line.Revenue).ThenBy(line => line.Code, StringComparer.Ordinal)];
    }

    public IReadOnlyList<HeatCell> Heat()
    {
        var revenue = Rounded(sums.Data.Heat.Select(cell => (decimal?)Amount.ToDecimal(cell.Revenue)));
        var all = revenue.Sum(cell => cell ?? 0);
        return [.. sums.Data.Heat.Select((cell, i) => new HeatCell(cell.Weekday, cell.Hour, revenue[i] ?? 0, all == 0 ? 0 : decimal.Round((revenue[i] ?? 0) / all, 6)))];
    }

    private IReadOnlyList<decimal> Spark(IEnumerable<StorePoint> points)
    {
        var spark = new decimal[sums.LastPoint + 1];
        foreach (var point in points)
            spark[point.Point] += decimal.Round(Amount.ToDecimal(point.Measures.Revenue), decimals);
        return spark;
    }

    private decimal?[] Before((Totals? Theirs, Totals Ours)[] parts) => sums.AgainstPlan
        ? Rounded(parts.Select(part => part.Ours.Objective))
        : Rounded(parts.Select(part => part.Theirs is { } theirs ? Money(theirs) : null));

    private decimal? Margin(in Measures measures) => seesCost ? Apportion.Round(MarginRate, MarginRate.Of(new Totals(measures)), decimals) : null;

    private decimal Share(decimal? revenue)
    {
        var total = Money(sums.Total) ?? 0;
        return total == 0 ? 0 : decimal.Round((revenue ?? 0) / total, 6);
    }

    private decimal?[] Rounded(IEnumerable<decimal?> parts) => Apportion.Round([.. parts], decimals);

    private static decimal? Money(Totals totals) => Revenue.Of(totals);
}
