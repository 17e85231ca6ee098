using EPM.Forecast.Sums;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Landing;

/// <summary>
/// Where a month ends: what was sold, and for the days to come sample paths of units times what a unit brought of late. Stores are drawn apart
/// and kept, so that any choice of stores adds up; the same forecasts give the same answer.
/// </summary>
internal sealed class MonthLanding(TenantSession session, IStoreDirectory stores, IProductDirectory products, ISoldPrices prices, CellsToCome cells, Dependences dependences, KeptPaths kept) : IMonthLanding
{
    // Two months of prices: offers come and go, price lists stay.
    private const int PricesOf = 56;

    public async Task<MonthEnd?> OfAsync(DateOnly month, IReadOnlyList<StoreMonth> asked, decimal objective, CancellationToken ct)
    {
        var map = await stores.AllAsync(ct);
        var last = month.AddMonths(1).AddDays(-1);
        var open = asked.Select(store => OpenDays(map, store, last)).ToArray();
        var stamp = await cells.StampAsync(ct) ?? "";
        var dependence = await dependences.CurrentAsync(ct);
        var keys = asked.Select((store, i) => new PathsKey(session.TenantId, store.Store.StoreNo, stamp, dependence, store.Through.AddDays(1), open[i])).ToArray();
        var paths = keys.Select((key, i) => open[i].Contains('1', StringComparison.Ordinal) ? kept.Find(key) : []).ToArray();
        if (!await DrawAsync([.. Enumerable.Range(0, asked.Count).Where(i => paths[i] is null)], asked, keys, paths, ct))
            return null;
        return EndOf((double)asked.Sum(store => store.Revenue), paths!, (double)objective);
    }

    /// <returns>False when a store has days to come and no forecast.</returns>
    private async Task<bool> DrawAsync(int[] missing, IReadOnlyList<StoreMonth> asked, PathsKey[] keys, double[]?[] paths, CancellationToken ct)
    {
        if (missing.Length == 0)
            return true;
        int[] numbers = [.. missing.Select(i => asked[i].Store.StoreNo)];
        var stored = await cells.OfAsync(numbers, ct);
        if (numbers.Any(number => !stored.Contains(number)))
            return false;
        var until = missing.Max(i => asked[i].Through);
        var sold = await prices.PerUnitAsync(numbers, until.AddDays(1 - PricesOf), until, ct);
        var catalogue = (await products.AllAsync(ct)).ByNo;
        foreach (var i in missing)
        {
            var key = keys[i];
            paths[i] = StoreAhead.Of(
                asked[i].Store, [.. stored[key.StoreNo]], key.Dependence, key.From, key.OpenDays.Length, day => key.OpenDays[day.DayNumber - key.From.DayNumber] == '1', PriceOf);
            kept.Keep(key, paths[i]!);
        }
        return true;

        double? PriceOf(CellKey cell) => sold.TryGetValue(cell, out var price) ? price : (double?)catalogue.GetValueOrDefault(cell.ProductNo)?.SalePrice;
    }

    private static MonthEnd EndOf(double soFar, double[][] paths, double objective)
    {
        var ends = new double[StoreAhead.Paths];
        Array.Fill(ends, soFar);
        // In the order of the stores, so that the last digits are the same each time.
        foreach (var store in paths.Where(store => store.Length > 0))
        {
            for (var path = 0; path < ends.Length; path++)
                ends[path] += store[path];
        }
        var total = new Distribution(ends);
        return new MonthEnd(total.ChanceOf(objective), total.Quantile(0.1), total.Quantile(0.5), total.Quantile(0.9));
    }

    /// <summary>A sign a day to come: whether the store is to do business.</summary>
    private static string OpenDays(StoreMap map, StoreMonth store, DateOnly last) => string.Create(Math.Max(0, last.DayNumber - store.Through.DayNumber), (map, store), static (signs, state) =>
    {
        for (var i = 0; i < signs.Length; i++)
            signs[i] = state.map.IsOpen(state.store.Store, state.store.Through.AddDays(i + 1)) ? '1' : '0';
    });
}
