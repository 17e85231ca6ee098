namespace EPM.Sales.Demo;

/// <summary>Sale and purchase prices over time: a new list every first of February and August touches about a third of the products.</summary>
internal sealed class PriceLists
{
    private const long Seed = 0x7072_6978;

    // The list that the prices of the assortment stand for.
    private static readonly DateOnly Epoch = new(2022, 8, 1);

    private readonly int _first;
    private readonly int[][] _sale;
    private readonly int[][] _cost;

    public PriceLists(Assortment assortment, DemoPlan plan)
    {
        _first = Number(plan.Start);
        var lists = Number(plan.End) + 1;
        _sale = new int[lists][];
        _cost = new int[lists][];
        var (price, cost) = (assortment.All.Select(product => (double)product.Price).ToArray(), assortment.All.Select(FirstCost).ToArray());
        for (var list = 0; list < lists; list++)
        {
            for (var i = 0; list > 0 && i < price.Length; i++)
                Move(list, i, ref price[i], ref cost[i]);
            _sale[list] = [.. price.Select((value, i) => RoundSale(value, assortment.All[i].Leaf.Weighed))];
            _cost[list] = [.. cost.Select(RoundCost)];
        }
    }

    /// <summary>Days on which a later list begins.</summary>
    public IEnumerable<DateOnly> Changes => Enumerable.Range(_first + 1, _sale.Length - _first - 1).Select(list => Epoch.AddMonths(6 * list));

    /// <returns>Francs with tax, by index of product.</returns>
    public int[] SaleOn(DateOnly day) => _sale[Number(day)];

    /// <returns>Francs without tax, by index of product.</returns>
    public int[] CostOn(DateOnly day) => _cost[Number(day)];

    /// <returns>Indexes of the products that a list beginning that day prices anew.</returns>
    public IEnumerable<int> ChangedOn(DateOnly day)
    {
        var list = Number(day);
        return Enumerable.Range(0, _sale[list].Length).Where(i => _sale[list][i] != _sale[list - 1][i] || _cost[list][i] != _cost[list - 1][i]);
    }

    private static int Number(DateOnly day) => Math.Max(0, ((day.Year - Epoch.Year) * 2) + (day.Month >= 8 ? 1 : day.Month >= 2 ? 0 : -1) - 1);

    private static void Move(int list, int product, ref double price, ref double cost)
    {
        var dice = new Dice(Seed, product, list);
        if (!dice.Chance(0.36))
            return;
        // Suppliers mostly raise; the shelf follows, now and then not at once.
        var move = dice.Chance(0.18) ? dice.Between(-0.05, -0.01) : dice.Between(0.015, 0.065);
        cost *= 1 + move;
        if (!dice.Chance(0.2))
            price *= 1 + (move * dice.Between(0.8, 1.2));
    }

    private static double FirstCost(DemoProduct product)
    {
        var margin = product.Leaf.Margin + new Dice(Seed, product.Index).Between(0.01, 0.07);
        return product.Price / (1 + (double)product.Leaf.TaxRate) * (1 - margin);
    }

    // Prices people meet on shelves; by the kilogram in hundreds, so that 50 g cost whole francs.
    private static int RoundSale(double price, bool weighed) => Round(price, weighed ? 100 : price switch
    {
        < 1_000 => 5,
        < 5_000 => 25,
        < 20_000 => 100,
        _ => 500,
    });

    private static int RoundCost(double cost) => Round(cost, cost switch
    {
        < 1_000 => 1,
        < 5_000 => 5,
        _ => 25,
    });

    private static int Round(double value, int step) => Math.Max(step, (int)Math.Round(value / step, MidpointRounding.AwayFromZero) * step);
}
