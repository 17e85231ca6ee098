namespace EPM.Sales.Demo;

/// <summary>How many come to a store on a day, and what for.</summary>
internal sealed class Demand(DemoPlan plan, Assortment assortment, Shelves shelves, PriceLists prices)
{
    private const long TasteSeed = 0x676F_7574;

    // The year that a store's ordinary tickets are told for.
    private static readonly DateOnly Reference = new(2024, 7, 1);

    /// <summary>Lines a ticket has, with their chances in per cent.</summary>
    public static readonly (int Lines, int Percent)[] Baskets = [(1, 18), (2, 24), (3, 21), (4, 15), (5, 10), (6, 6), (7, 3), (8, 2), (10, 1)];

    /// <summary>One ticket in so many brings something back.</summary>
    public const double Returns = 0.03;

    // What offers and empty shelves take from the value of a line, and what the year's price lists add.
    private const double ValueKept = 0.995;

    private readonly DemoCalendar _calendar = new(plan.Start, plan.LastObjective.AddMonths(1));
    private readonly double[][] _taste = [.. DemoStores.Of(plan).Select(store =>
        assortment.Leaves.Select(leaf => new Dice(TasteSeed, store.Index, leaf.Index).Between(0.75, 1.3)).ToArray())];

    public DemoDay DayOf(DateOnly day) => _calendar[day];

    public bool IsOpen(DemoStore store, DateOnly day) =>
        day >= store.OpenedOn && (store.Code != DemoStores.UnderWorks || day < plan.Works.From || day > plan.Works.To);

    /// <returns>Tickets to expect; none while the store is not open.</returns>
    public double Tickets(DemoStore store, DateOnly day)
    {
        if (!IsOpen(store, day))
            return 0;
        var particular = DayOf(day);
        var years = (day.DayNumber - Reference.DayNumber) / 365.25;
        return plan.Traffic * store.Tickets * Math.Pow(1 + store.Growth, years) * Young(store, day) * Seasons.OfTraffic(day)
            * particular.Traffic * Felt(particular.PilgrimTraffic, store.Magal) * Felt(particular.YearEndTraffic, store.Christmas);
    }

    /// <summary>Fills in what categories are worth that day as running sums of weights.</summary>
    public void Weigh(DemoStore store, DateOnly day, Span<double> sums)
    {
        var particular = DayOf(day);
        var sum = 0.0;
        foreach (var leaf in assortment.Leaves)
        {
            sum += leaf.Lines * _taste[store.Index][leaf.Index] * Seasons.Of(leaf.Season, day)
                * Felt(leaf.Effect("ramadan"), particular.Ramadan) * Felt(leaf.Effect("korite"), particular.Korite)
                * Felt(leaf.Effect("tabaski"), particular.Tabaski) * Felt(leaf.Effect("magal"), particular.Magal * store.Magal)
                * Felt(leaf.Effect("xmas"), particular.Xmas * store.Christmas) * Felt(leaf.Effect("school"), particular.School);
            sums[leaf.Index] = sum;
        }
    }

    /// <returns>Revenue with tax to expect in a month, as it is told when the year begins.</returns>
    public double Revenue(DemoStore store, DateOnly month)
    {
        var known = prices.SaleOn(new DateOnly(month.Year, 1, 1));
        var values = assortment.Leaves.Select(leaf => shelves.MeanValue(leaf, known)).ToArray();
        var sums = new double[values.Length];
        var lines = ((1 - Returns) * Baskets.Sum(basket => basket.Lines * basket.Percent) / 100.0) - Returns;
        var revenue = 0.0;
        for (var day = month; day.Month == month.Month; day = day.AddDays(1))
        {
            Weigh(store, day, sums);
            var (value, before) = (0.0, 0.0);
            for (var i = 0; i < sums.Length; i++)
            {
                value += (sums[i] - before) * values[i];
                before = sums[i];
            }
            revenue += Tickets(store, day) * lines * ValueKept * value / sums[^1];
        }
        return revenue;
    }

    // A new store is discovered for a year.
    private static double Young(DemoStore store, DateOnly day) => Math.Min(1, 0.62 + (0.38 * (day.DayNumber - store.OpenedOn.DayNumber) / 300.0));

    private static double Felt(double effect, double share) => 1 + ((effect - 1) * share);
}
