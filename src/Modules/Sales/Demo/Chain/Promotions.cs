namespace EPM.Sales.Demo;

/// <summary>Offers of the whole chain, a fortnight each: a few products in each of a few categories, at ten to twenty-five per cent off.</summary>
internal sealed class Promotions(Assortment assortment)
{
    private const long Seed = 0x7072_6F6D;
    private const int Days = 14;
    private const int CategoriesAtOnce = 9;
    private const int ProductsEach = 4;

    private static readonly int[] Percents = [10, 10, 10, 15, 15, 20, 20, 25];

    private readonly Dictionary<int, Offers> _fortnights = [];

    public Offers On(DateOnly day)
    {
        var fortnight = day.DayNumber / Days;
        if (!_fortnights.TryGetValue(fortnight, out var offers))
            _fortnights.Add(fortnight, offers = Make(fortnight));
        return offers;
    }

    private Offers Make(int fortnight)
    {
        var dice = new Dice(Seed, fortnight);
        var offers = new Offers();
        for (var i = 0; i < CategoriesAtOnce; i++)
        {
            var leaf = assortment.Leaves[dice.Below(assortment.Leaves.Count)];
            var percent = Percents[dice.Below(Percents.Length)];
            for (var n = 0; n < ProductsEach; n++)
                offers.Add(leaf, leaf.First + dice.Below(leaf.Count), percent);
        }
        return offers;
    }
}

/// <summary>The offers of one fortnight.</summary>
internal sealed class Offers
{
    private readonly Dictionary<int, int> _percents = [];
    private readonly Dictionary<int, List<int>> _byLeaf = [];

    /// <returns>Per cent off; 0 for most products.</returns>
    public int PercentOf(int product) => _percents.GetValueOrDefault(product);

    /// <returns>Products of a category on offer.</returns>
    public IReadOnlyList<int> In(DemoLeaf leaf) => _byLeaf.TryGetValue(leaf.Index, out var products) ? products : [];

    public void Add(DemoLeaf leaf, int product, int percent)
    {
        if (!_percents.TryAdd(product, percent))
            return;
        if (!_byLeaf.TryGetValue(leaf.Index, out var products))
            _byLeaf.Add(leaf.Index, products = []);
        products.Add(product);
    }
}
