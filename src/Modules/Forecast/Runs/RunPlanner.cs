using EPM.Forecast.History;
using EPM.Forecast.Stored;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Runs;

/// <summary>Decides which cells a run fits, and how.</summary>
internal sealed class RunPlanner(
    ISalesHistory sales, IStoreDirectory stores, IProductDirectory products, KnownInAdvance advance, CellReader cells, CurrentTenant tenant, TimeProvider time)
{
    // A product that comes once a year is still waited for.
    private const int WaitedFor = 400;
    private const int DaysOfWeek = 7;

    public async Task<RunPlan> PlanAsync(RunRecord run, CancellationToken ct)
    {
        var stand = await sales.StandAsync(ct);
        if (HistoryReader.DaysOf(stand) is not { } days)
            return new RunPlan(null, stand.Mark, 0, [], []);
        var print = await advance.PrintAsync(days, ct);
        var catalogue = await products.AllAsync(ct);
        var known = (await cells.AllAsync(ct)).ToDictionary(cell => cell.Key);
        var before = await cells.LastWholeRunAsync(ct);
        var changed = before is null ? [] : (await sales.ChangedAsync(before.Mark, ct)).ToHashSet();
        var all = run.Kind == RunKinds.Retrain || before is null || known.Count == 0;
        var sold = all ? (await sales.CellsAsync(null, null, ct)).Where(cell => cell.Last.AddDays(WaitedFor) >= days.AsOf).Select(cell => cell.Key) : [];
        var ends = await cells.EndsAsync(ct);
        var today = BusinessDay.Today(time, tenant.Info.TimeZone);
        var wanted = await WantedAsync(run, catalogue, ct);
        var (train, refresh, ended) = (new List<CellKey>(), new List<CellKey>(), new List<CellKey>());
        foreach (var key in sold.Concat(changed).Concat(known.Keys).Distinct().Where(key => stand.Stores.ContainsKey(key.StoreNo)).Where(wanted))
        {
            var cell = known.GetValueOrDefault(key);
            if (!IsAlive(key, cell))
                ended.Add(key);
            else if (cell is null || run.Kind == RunKinds.Retrain || (run.Nightly && IsDue(cell, today)))
                train.Add(key);
            else if (cell.Stale || changed.Contains(key) || before?.KnownPrint != print)
                refresh.Add(key);
        }
        return new RunPlan(days.AsOf, stand.Mark, print, Batches(catalogue, train, refresh), ended);

        bool IsAlive(CellKey key, KnownCell? cell) =>
            catalogue.ByNo.TryGetValue(key.ProductNo, out var product) && product.Active
            && !(ends.TryGetValue(key.ProductNo, out var end) && end <= days.AsOf)
            && (cell is null || changed.Contains(key) || cell.LastSold.AddDays(WaitedFor) >= days.AsOf);
    }

    /// <summary>Each night a seventh of the products, and what a night that did not come left over: within a week all are chosen for anew, and no night is long.</summary>
    internal bool IsDue(KnownCell cell, DateOnly today) =>
        cell.Key.ProductNo % DaysOfWeek == today.DayNumber % DaysOfWeek || BusinessDay.Of(cell.TrainedAt, tenant.Info.TimeZone).AddDays(DaysOfWeek) < today;

    private async Task<Func<CellKey, bool>> WantedAsync(RunRecord run, ProductMap catalogue, CancellationToken ct)
    {
        var map = await stores.AllAsync(ct);
        var skus = run.Skus?.Where(catalogue.BySku.ContainsKey).Select(sku => catalogue.BySku[sku].ProductNo).ToHashSet();
        var codes = run.Stores?.Where(map.ByCode.ContainsKey).Select(code => map.ByCode[code].StoreNo).ToHashSet();
        return key => skus?.Contains(key.ProductNo) != false && codes?.Contains(key.StoreNo) != false;
    }

    // Products of a category go together: what is learnt across series is learnt among those that are alike.
    private static List<RunBatch> Batches(ProductMap catalogue, List<CellKey> train, List<CellKey> refresh)
    {
        var batches = new List<RunBatch>();
        foreach (var (keys, retrain) in new[] { (train, true), (refresh, false) })
        {
            foreach (var store in keys.GroupBy(key => key.StoreNo).OrderBy(store => store.Key))
            {
                var ordered = store.OrderBy(key => catalogue.ByNo[key.ProductNo].CategoryNo).ThenBy(key => key.ProductNo).Select(key => key.ProductNo);
                batches.AddRange(ordered.Chunk(RunPlan.BatchSize).Select((chunk, i) => new RunBatch(batches.Count + i + 1, store.Key, retrain, chunk)).ToArray());
            }
        }
        return batches;
    }
}
