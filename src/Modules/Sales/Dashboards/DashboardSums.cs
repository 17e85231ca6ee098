using EPM.Sales.Metrics;
using EPM.Sales.Rollups;
using EPM.Stores.Contracts;

namespace EPM.Sales.Dashboards;

/// <summary>The sums of a dashboard at every level it shows, each with what was planned for it.</summary>
internal sealed class DashboardSums
{
    private readonly Dictionary<int, Totals> _stores = [];
    private readonly Dictionary<int, Totals> _storesBefore = [];
    private readonly Totals[] _points;
    private readonly Totals[] _pointsBefore;

    public DashboardSums(Selection selection, DashboardData data, Period elapsed, Grain grain, ObjectiveSpread spread, Comparison? comparison, KnownDays known)
    {
        Known = known;
        (Selection, Data, Grain, Spread, Comparison) = (selection, data, grain, spread, comparison);
        _points = new Totals[grain.Count];
        _pointsBefore = new Totals[grain.Count];
        Array.Fill(_points, Totals.None);
        Array.Fill(_pointsBefore, Totals.None);
        Collect(data.Ours, _stores, _points, spread, selection.TopNos.Length <= 1);
        Collect(data.Theirs, _storesBefore, _pointsBefore, null, selection.TopNos.Length <= 1);
        foreach (var store in selection.Stores)
            Plan(store, elapsed);
        Measured = known.Meet(elapsed);
        LastPoint = Measured ? grain.Index(elapsed.To) : -1;
    }

    public Selection Selection { get; }

    public DashboardData Data { get; }

    public Grain Grain { get; }

    public ObjectiveSpread Spread { get; }

    public Comparison? Comparison { get; }

    public KnownDays Known { get; }

    /// <summary>Whether the period has any figures: without them nothing is zero, it is not measured.</summary>
    public bool Measured { get; }

    /// <summary>The last point that has figures; -1 when none has.</summary>
    public int LastPoint { get; }

    public Totals Total => Sum(_stores.Values);

    public Totals? TotalBefore => HasBefore ? Sum(_storesBefore.Values) : null;

    /// <summary>Whether there is an earlier period to compare with, rather than a plan or nothing.</summary>
    public bool HasBefore => Comparison is { Kind: not Metrics.Comparison.Objective } && Known.Cover(Comparison);

    public bool AgainstPlan => Comparison is { Kind: Metrics.Comparison.Objective };

    public Totals Point(int index) => _points[index];

    public Totals PointBefore(int index) => _pointsBefore[index];

    public Totals Store(int storeNo) => _stores.GetValueOrDefault(storeNo, Totals.None);

    /// <returns>Whether a store's change says something: one that opened since has none.</returns>
    public bool IsComparable(int storeNo) => AgainstPlan || (HasBefore && Known.Cover(Comparison!, storeNo));

    public Totals? StoreBefore(int storeNo) => HasBefore && _storesBefore.TryGetValue(storeNo, out var totals) ? totals : null;

    public static Totals Sum(IEnumerable<Totals> parts) => parts.Aggregate(Totals.None, (sum, part) => sum.Plus(part));

    public bool IsMeasured(int point) => point <= LastPoint && Known.Meet(Grain.Days(point));

    /// <summary>What was planned for all of a point, future days included.</summary>
    public decimal? Planned(int point) => Spread.Sum(Selection.StoreNos, Grain.Days(point));

    private static void Collect(List<StorePoint> rows, Dictionary<int, Totals> stores, Totals[] points, ObjectiveSpread? spread, bool ticketsKnown)
    {
        foreach (var row in rows)
        {
            var planned = spread is not null && spread.Stores.Contains(row.StoreNo) ? row.Measures.Revenue : 0;
            var totals = new Totals(row.Measures, PlannedRevenue: planned, TicketsKnown: ticketsKnown);
            stores[row.StoreNo] = stores.GetValueOrDefault(row.StoreNo, Totals.None).Plus(totals);
            points[row.Point] = points[row.Point].Plus(totals);
        }
    }

    // The plan counts as far as the figures do, so that a month under way is judged by its pace.
    private void Plan(StoreSummary store, Period elapsed)
    {
        for (var day = elapsed.From; day <= elapsed.To; day = day.AddDays(1))
        {
            if (Spread.On(store.StoreNo, day) is not { } planned)
                continue;
            var plan = new Totals(default, planned, planned);
            _stores[store.StoreNo] = Store(store.StoreNo).Plus(plan);
            _points[Grain.Index(day)] = _points[Grain.Index(day)].Plus(plan);
        }
    }
}
