using EPM.Forecast.Domain;
using EPM.Forecast.Outliers;
using EPM.Forecast.Overrides;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>Makes the list of products: sums over the stores seen, the page's intervals by sample paths.</summary>
internal sealed class ForecastLister(
    Sight sight, CellOutlooks outlooks, StoredForecasts stored, CellReader cells, Dependences dependences, ISalesHistory sales, OverridesInForce overrides, OpenOutliers outliers, Words words, CurrentTenant tenant)
{
    public async Task<ForecastListView> ReadAsync(ListQuery query, CancellationToken ct)
    {
        var seen = await sight.OfAsync(ct);
        var stores = query.Store is { Length: > 0 } store ? [seen.Store(store)] : query.Region is { Length: > 0 } region ? seen.Region(region) : seen.Stores;
        int[] storeNos = [.. stores.Select(one => one.StoreNo)];
        var category = query.Category is { Length: > 0 } code ? seen.Category(code) : null;
        var known = await outlooks.ReadAsync(storeNos, ct);
        var asOf = known.Where(cell => cell.First > DateOnly.MinValue).Select(cell => cell.First).DefaultIfEmpty().Max() is var first && first > DateOnly.MinValue ? first.AddDays(-1) : (DateOnly?)null;
        var before = asOf is { } last ? await sales.UnitsAsync(storeNos, last.AddDays(1 - ListQuery.Horizon), last, ct) : new Dictionary<int, decimal>();
        var layer = asOf is { } until ? await overrides.ReadAsync(null, until.AddDays(1), ct) : OverrideLayer.None;
        var open = await outliers.CountAsync(storeNos, ct);
        var byProduct = known.ToLookup(cell => cell.ProductNo);
        var rows = seen.Catalogue.Matching(query.Search).Where(seen.Sees).Where(product => category is null || seen.Catalogue.IsWithin(product, category.CategoryNo))
            .Select(product => Row(seen, product, [.. byProduct[product.ProductNo]], asOf, before, layer, open)).Where(row => query.State is not { Length: > 0 } state || row.Line.State == state).ToArray();
        var page = Sorted(rows, query.Sort).Skip((query.Page - 1) * query.Size).Take(query.Size).ToArray();
        var run = await cells.LastWholeRunAsync(ct);
        return new ForecastListView(asOf is { } day ? await SpreadAsync(seen, page, storeNos, day.AddDays(1), layer, ct) : [.. page.Select(row => row.Line)],
            rows.Length, ListQuery.Horizon, asOf, run is null ? null : new LastRun(run.Id, run.FinishedAt), tenant.Info.Currency);
    }

    private (int ProductNo, ForecastLine Line) Row(Seen seen, ProductSummary product, CellOutlook[] cells, DateOnly? asOf, IReadOnlyDictionary<int, decimal> before,
        OverrideLayer layer, IReadOnlyDictionary<int, int> open)
    {
        var expected = cells.Where(cell => cell.State != CellStates.Ended).ToArray();
        var first = cells.MaxBy(cell => cell.Score.Units);
        var overridden = false;
        var mean = asOf is { } day ? expected.Sum(cell => MeanOf(cell, layer, day.AddDays(1), ref overridden)) : 0;
        double? sold = asOf is null || cells.Length == 0 ? null : (double)before.GetValueOrDefault(product.ProductNo);
        var (wape, naive) = (Mean(score => score.Wape), Mean(score => score.NaiveWape));
        return (product.ProductNo, new ForecastLine(product.Sku, product.Name, ForecastAnswer.CategoryOf(seen, product), expected.Length, new NextDays(Rounded.Of(mean), 0, 0), sold,
            sold > 0 ? Rounded.Of((mean / sold.Value) - 1) : null, ForecastAnswer.ValueOf(seen, product.ProductNo, mean),
            wape is null ? null : new AccuracyView(wape, Mean(score => score.Bias), Mean(score => score.Mase), Mean(score => score.Coverage)),
            wape is null || naive is null ? null : wape < naive, first is null ? words.Say("forecast.method.none") : words.Method(first.Method),
            first is null ? CellStates.None : expected.Length == 0 ? CellStates.Ended : expected.MaxBy(cell => cell.Score.Units)!.State, overridden, open.GetValueOrDefault(product.ProductNo)));

        double? Mean(Func<CellScore, double?> of) => Weights.Mean(expected.Select(cell => (of(cell.Score), cell.Score.Units)));
    }

    private static double MeanOf(CellOutlook cell, OverrideLayer layer, DateOnly from, ref bool overridden)
    {
        if (layer.On(new CellKey(cell.StoreNo, cell.ProductNo)).Count == 0)
            return cell.Over(from, ListQuery.Horizon);
        double[] means = [.. Enumerable.Range(0, ListQuery.Horizon).Select(day => cell.Over(from.AddDays(day), 1))];
        var changed = layer.MeansOf(new CellKey(cell.StoreNo, cell.ProductNo), from, means);
        overridden |= changed is not null;
        return changed is null ? means.Sum() : means.Select((mean, day) => changed[day] is { } quantity ? Quantity.Units(quantity) : mean).Sum();
    }

    private static IEnumerable<(int ProductNo, ForecastLine Line)> Sorted((int ProductNo, ForecastLine Line)[] rows, string sort) => (sort switch
    {
        "name" => rows.OrderBy(row => row.Line.Name, StringComparer.Ordinal),
        "change" => rows.OrderByDescending(row => Math.Abs(row.Line.Change ?? 0)),
        "error" => rows.OrderByDescending(row => row.Line.Accuracy?.Wape ?? -1),
        _ => rows.OrderByDescending(row => row.Line.Value),
    }).ThenBy(row => row.Line.Sku, StringComparer.Ordinal);

    private async Task<ForecastLine[]> SpreadAsync(Seen seen, (int ProductNo, ForecastLine Line)[] page, int[] storeNos, DateOnly from, OverrideLayer layer, CancellationToken ct)
    {
        var kept = (await stored.ReadAsync([.. page.Select(row => row.ProductNo)], storeNos, ct)).ToLookup(cell => cell.Key.ProductNo);
        var dependence = await dependences.CurrentAsync(ct);
        return [.. page.Select(row =>
        {
            CellAhead[] ahead = [.. kept[row.ProductNo].Select(cell => OverriddenAhead.On(layer, CellAhead.Of(cell, from, ListQuery.Horizon), from))];
            if (ahead.Length == 0)
                return row.Line;
            var total = CellSum.Of(ahead, ListQuery.Horizon, dependence, seen.Map).Total;
            return row.Line with { Next = row.Line.Next with { P10 = Rounded.Of(total.P10), P90 = Rounded.Of(total.P90) } };
        })];
    }
}
