namespace EPM.Sales.Demo;

/// <summary>One line of a ticket.</summary>
/// <param name="Ticket">Number within the store's day.</param>
/// <param name="Second">Of the day, at the store.</param>
/// <param name="Quantity">In thousandths; negative for what is brought back.</param>
/// <param name="UnitPrice">Francs with tax.</param>
/// <param name="Discount">Francs off the line.</param>
/// <param name="Customer">Number of a loyalty card, or 0.</param>
internal readonly record struct DemoLine(int Ticket, int Line, int Second, int Product, int Quantity, int UnitPrice, int Discount, int Customer)
{
    /// <summary>Francs with tax: whole ones, by the choice of prices and weights.</summary>
    public long Revenue => ((long)Quantity * UnitPrice / 1000) - Discount;
}

/// <summary>Makes the sales of a store's day: always the same ones, whichever days were made before.</summary>
internal sealed class DemoSales
{
    private const long Seed = 0x7665_6E74;
    private const int Cards = 900;

    private readonly Demand _demand;
    private readonly Shelves _shelves;
    private readonly Promotions _promotions;
    private readonly double[] _sums;
    private readonly List<DemoLine> _lines = [];
    private int[] _prices = [];
    private Offers _offers = new();

    public DemoSales(DemoPlan plan)
    {
        Assortment = Assortment.Whole;
        Stores = DemoStores.Of(plan);
        Prices = new PriceLists(Assortment, plan);
        _shelves = new Shelves(Assortment);
        _demand = new Demand(plan, Assortment, _shelves, Prices);
        _promotions = new Promotions(Assortment);
        _sums = new double[Assortment.Leaves.Count];
    }

    public Assortment Assortment { get; }

    public IReadOnlyList<DemoStore> Stores { get; }

    public PriceLists Prices { get; }

    /// <returns>The lines of a day in the order of the till; valid until the next call.</returns>
    public IReadOnlyList<DemoLine> Of(DemoStore store, DateOnly day)
    {
        _lines.Clear();
        var dice = new Dice(Seed, store.Index, day.DayNumber);
        var expected = _demand.Tickets(store, day);
        if (expected <= 0)
            return _lines;
        expected *= dice.Between(0.9, 1.1);
        var tickets = Math.Max(1, (int)Math.Round(expected + (Math.Sqrt(expected) * dice.Bell())));
        _prices = Prices.SaleOn(day);
        _offers = _promotions.On(day);
        _demand.Weigh(store, day, _sums);
        var times = new int[tickets];
        var hours = OpeningHours.On(day, fasting: _demand.DayOf(day).Ramadan > 0);
        for (var i = 0; i < tickets; i++)
            times[i] = hours.Draw(ref dice);
        times.AsSpan().Sort();
        for (var i = 0; i < tickets; i++)
            Ticket(store, day, i + 1, times[i], ref dice);
        return _lines;
    }

    /// <returns>What a store is to sell in a month: round, and neither always met nor always missed.</returns>
    public long Objective(DemoStore store, DateOnly month)
    {
        var dice = new Dice(Seed, store.Index + 1000, (month.Year * 12) + month.Month);
        var wanted = _demand.Revenue(store, month) * store.Ambition * dice.Between(0.96, 1.07);
        return (long)Math.Round(wanted / 10_000) * 10_000;
    }

    private void Ticket(DemoStore store, DateOnly day, int number, int second, ref Dice dice)
    {
        var customer = dice.Chance(0.28) ? (store.Index * 10_000) + 1 + dice.Below(Cards) : 0;
        if (dice.Chance(Demand.Returns))
        {
            var back = Product(store, day, ref dice);
            var steps = Assortment.All[back].Leaf.Weighed ? 500 : 1000;
            _lines.Add(new DemoLine(number, 1, second, back, -steps, _prices[back], 0, customer));
            return;
        }
        var first = _lines.Count;
        for (var left = Lines(ref dice); left > 0; left--)
        {
            var product = Product(store, day, ref dice);
            if (Has(first, product))
                product = Product(store, day, ref dice);
            var quantity = Quantities.Draw(Assortment.All[product], ref dice);
            _lines.Add(new DemoLine(number, _lines.Count - first + 1, second, product, quantity, _prices[product], Discount(product, quantity), customer));
        }
    }

    private static int Lines(ref Dice dice)
    {
        var at = dice.Below(100);
        foreach (var (lines, percent) in Demand.Baskets)
        {
            if ((at -= percent) < 0)
                return lines;
        }
        return 1;
    }

    private int Product(DemoStore store, DateOnly day, ref Dice dice)
    {
        for (var attempt = 0; ; attempt++)
        {
            var leaf = Assortment.Leaves[dice.Pick(_sums)];
            var offered = _offers.In(leaf);
            // Offers stand at the end of the aisle.
            var product = offered.Count > 0 && dice.Chance(0.25) ? offered[dice.Below(offered.Count)] : leaf.First + dice.Pick(_shelves.Popularity(leaf));
            if (attempt == 8 || !_shelves.IsOut(store, product, day))
                return product;
        }
    }

    private bool Has(int first, int product)
    {
        for (var i = first; i < _lines.Count; i++)
        {
            if (_lines[i].Product == product)
                return true;
        }
        return false;
    }

    // Rounded to what a till gives back.
    private int Discount(int product, int quantity) =>
        (int)((long)quantity * _prices[product] * _offers.PercentOf(product) / 100_000 / 5 * 5);
}
