using EPM.Forecast.Overrides;
using EPM.Forecast.Sums;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Landing;

/// <summary>
/// Where a month ends: what was sold, and for the days to come sample paths of units, as people have overridden them, times what a unit brought of late. Stores are drawn apart
/// and kept, so that any choice of stores adds up; the same forecasts give the same answer.
/// </summary>
internal sealed class MonthLanding(
    CurrentTenant tenant, IStoreDirectory stores, CellsToCome cells, OverridesInForce overrides, Dependences dependences, KeptPaths kept, PathDrawing drawing, TimeProvider time) : IMonthLanding
{
    // What under way is found may be other stores'; then one's own are drawn, and those that came in between.
    private const int MostTurns = 3;

    /// <summary>How long a dashboard waits before it is shown without; drawing goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<MonthOutlook> OfAsync(DateOnly month, IReadOnlyList<StoreMonth> asked, decimal objective, CancellationToken ct)
    {
        var map = await stores.AllAsync(ct);
        var last = month.AddMonths(1).AddDays(-1);
        StoreMonth[] open = [.. asked.Where(store => DaysAfter(store.Through, last).Any(day => map.IsOpen(store.Store, day)))];
        var ends = new double[DayPaths.Paths];
        Array.Fill(ends, (double)asked.Sum(store => store.Revenue));
        if (open.Length > 0)
        {
            var moments = await cells.ForecastAtAsync([.. open.Select(store => store.Store.StoreNo)], ct);
            if (moments.Count < open.Length)
                return default;
            var said = await cells.OverridesAsync(month, overrides.Today, ct);
            var dependence = await dependences.CurrentAsync(ct);
            var wanted = Array.ConvertAll(open, store => new WantedPaths(
                new PathsKey(tenant.Id, store.Store.StoreNo, moments[store.Store.StoreNo], said, dependence, month), store.Store.Code, store.Through.AddDays(1)));
            if (await PathsAsync(wanted, last, ct) is not { } paths)
                return new MonthOutlook(null, IsComing: true);
            // In the order of the stores, so that the last digits are the same each time.
            for (var i = 0; i < open.Length; i++)
                paths[i].AddTo(ends, wanted[i].From, day => map.IsOpen(open[i].Store, day));
        }
        var total = new Distribution(ends);
        return new MonthOutlook(new MonthEnd(total.ChanceOf((double)objective), total.Quantile(0.1), total.Quantile(0.5), total.Quantile(0.9)), IsComing: false);
    }

    private async Task<DayPaths[]?> PathsAsync(WantedPaths[] wanted, DateOnly last, CancellationToken ct)
    {
        var late = Task.Delay(Patience, time, ct);
        for (var turn = 0; ; turn++)
        {
            var found = Array.ConvertAll(wanted, one => kept.Find(one.Key, one.From));
            if (Array.TrueForAll(found, paths => paths is not null))
                return found!;
            if (turn == MostTurns || await Task.WhenAny(drawing.Begin(tenant.Info, [.. wanted.Where((_, i) => found[i] is null)], last), late) == late)
                return null;
        }
    }

    private static IEnumerable<DateOnly> DaysAfter(DateOnly through, DateOnly last) => Enumerable.Range(1, Math.Max(0, last.DayNumber - through.DayNumber)).Select(through.AddDays);
}
