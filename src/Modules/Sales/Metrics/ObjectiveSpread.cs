using EPM.Stores.Contracts;

namespace EPM.Sales.Metrics;

/// <summary>Spreads monthly objectives evenly over the days a store is open; a whole month sums to its objective exactly.</summary>
internal sealed class ObjectiveSpread
{
    public static readonly ObjectiveSpread None = new();

    private readonly Dictionary<(int Store, int Day), decimal> _byDay = [];

    private ObjectiveSpread()
    {
    }

    /// <summary>Stores that have an objective in the period.</summary>
    public HashSet<int> Stores { get; } = [];

    /// <summary>Last day that has figures: what is planned beyond is not due yet.</summary>
    public DateOnly Through { get; init; } = DateOnly.MaxValue;

    public bool IsEmpty => Stores.Count == 0;

    /// <returns>What the store was to sell that day, or null when nothing was planned.</returns>
    public decimal? On(int storeNo, DateOnly day) => _byDay.TryGetValue((storeNo, day.DayNumber), out var planned) ? planned : null;

    /// <summary>Sum over stores and days; null when nothing was planned for any.</summary>
    public decimal? Sum(IEnumerable<int> stores, Period period)
    {
        decimal? sum = null;
        foreach (var store in stores)
        {
            for (var day = period.From; day <= period.To; day = day.AddDays(1))
            {
                if (On(store, day) is { } planned)
                    sum = (sum ?? 0) + planned;
            }
        }
        return sum;
    }

    public static ObjectiveSpread Of(IReadOnlyList<StoreObjective> objectives, StoreMap map, Period period, DateOnly through)
    {
        var spread = new ObjectiveSpread { Through = through };
        foreach (var objective in objectives)
        {
            if (!map.ByNo.TryGetValue(objective.StoreNo, out var store))
                continue;
            var all = Days(objective.Month).ToArray();
            var open = all.Where(day => map.IsOpen(store, day)).ToArray();
            // A month with no open day was still planned for: then every day carries it.
            var carrying = open.Length > 0 ? open : all;
            var share = decimal.Round(objective.Revenue / carrying.Length, 4);
            for (var i = 0; i < carrying.Length; i++)
            {
                if (carrying[i] < period.From || carrying[i] > period.To)
                    continue;
                var last = i == carrying.Length - 1;
                spread._byDay[(objective.StoreNo, carrying[i].DayNumber)] = last ? objective.Revenue - (share * (carrying.Length - 1)) : share;
                spread.Stores.Add(objective.StoreNo);
            }
        }
        return spread;
    }

    private static IEnumerable<DateOnly> Days(DateOnly month)
    {
        for (var day = month; day.Month == month.Month; day = day.AddDays(1))
            yield return day;
    }
}
