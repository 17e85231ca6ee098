using EPM.Forecast.Corrections;
using EPM.Forecast.Engine;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.History;

/// <summary>Makes series of what was sold: the one place where the past, and what is known in advance, become what the engine is given.</summary>
internal sealed class HistoryReader(TenantSession session, ISalesHistory sales, IStoreDirectory stores, IProductDirectory products, KnownInAdvance advance)
{
    private const double PerUnit = 10_000;
    private const int Week = 7;

    /// <summary>How far the chain's sales are known; null while there are none.</summary>
    public static Days? DaysOf(SalesStand stand) => stand.Stores.Count == 0 ? null : new Days(stand.Stores.Values.Max(known => known.Last));

    /// <param name="known">What is known of the store's sales.</param>
    /// <param name="productNos">Of one store, as many as memory holds.</param>
    /// <returns>Those that were ever sold, in the order asked for.</returns>
    public async Task<IReadOnlyList<CellSeries>> ReadAsync(int storeNo, SalesDays known, IReadOnlyList<int> productNos, Days days, CancellationToken ct)
    {
        var store = (await stores.AllAsync(ct)).ByNo[storeNo];
        var catalogue = await products.AllAsync(ct);
        var last = days.LastOf(known);
        var first = known.First > last.AddDays(1 - Days.Most) ? known.First : last.AddDays(1 - Days.Most);
        var sold = await sales.ReadAsync(storeNo, productNos, first, last, ct);
        var corrections = await CorrectedHistory.ReadAsync(session, storeNo, productNos, first, last, ct);
        var horizon = days.HorizonFrom(last);
        var ahead = await advance.OfAsync(store, first, last.AddDays(horizon), ct);
        return [.. productNos.Select(no => SeriesOf(sold, no, corrections[no], ahead, horizon, GroupsOf(store, catalogue, no))).OfType<CellSeries>()];
    }

    private static CellSeries? SeriesOf(StoreSales sold, int productNo, IEnumerable<CorrectedDay> corrections, KnownDaysOf ahead, int horizon, IReadOnlyList<string> groups)
    {
        var units = sold.UnitsOf(productNo);
        var (begin, end) = (units.IndexOfAnyExcept(0L), units.LastIndexOfAnyExcept(0L));
        if (begin < 0)
            return null;
        var values = new double[units.Length - begin];
        // What was taken back on a day beyond what was sold says nothing of demand.
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Max(0, units[begin + i] / PerUnit);
        var first = sold.First.AddDays(begin);
        CorrectedHistory.Apply(corrections, first, values);
        var key = new CellKey(sold.StoreNo, productNo);
        var series = new Series
        {
            Id = SeriesId.Of(key),
            Values = values,
            Season = Week,
            Cadence = Cadence.Day,
            First = first,
            Known = ahead.ColumnsOf(begin, horizon),
            Groups = groups,
        };
        return new CellSeries(key, series, horizon, first, sold.First.AddDays(end), sold.First.AddDays(sold.Days - 1), ahead.Open[^horizon..], PrintOf(series));
    }

    private static long PrintOf(Series series)
    {
        var print = new Fingerprint().Add(series.First, series.Values.Span);
        foreach (var column in series.Known)
            print.Add(column.Name).Add(series.First, column.Values.Span, nothing: column.Effect == Effect.Opening ? 1 : 0);
        return print.Value;
    }

    private static IReadOnlyList<string> GroupsOf(StoreSummary store, ProductMap catalogue, int productNo) => catalogue.ByNo.TryGetValue(productNo, out var product)
        ? [store.RegionCode, store.Code, .. catalogue.SelfAndAbove(product.CategoryNo).Reverse().Select(no => catalogue.Categories[no].Code), product.Sku]
        : [store.RegionCode, store.Code];
}
