namespace EPM.Sales.Demo;

/// <summary>Which product of a category is taken how often, and which are wanting in a store on a day.</summary>
internal sealed class Shelves
{
    private const long PopularitySeed = 0x706F_7075;
    private const long OutSeed = 0x7275_7074;

    // A store runs out of about this many products a month, for a few days each.
    private const int OutsAMonth = 16;

    private readonly Assortment _assortment;
    private readonly double[][] _popularity;
    private readonly Dictionary<(int Store, int Month), (int Product, int From, int To)[]> _outs = [];

    public Shelves(Assortment assortment)
    {
        _assortment = assortment;
        _popularity = [.. assortment.Leaves.Select(Sums)];
    }

    /// <summary>Running sums of popularity over a category's products.</summary>
    public ReadOnlySpan<double> Popularity(DemoLeaf leaf) => _popularity[leaf.Index];

    /// <returns>What a line of the category brings on average at these prices, before discounts.</returns>
    public double MeanValue(DemoLeaf leaf, int[] prices)
    {
        var sums = _popularity[leaf.Index];
        var (value, before) = (0.0, 0.0);
        for (var i = 0; i < sums.Length; i++)
        {
            var product = _assortment.All[leaf.First + i];
            value += (sums[i] - before) * prices[product.Index] * Quantities.Mean(product);
            before = sums[i];
        }
        return value / sums[^1];
    }

    /// <summary>Whether a store has run out of a product that day.</summary>
    public bool IsOut(DemoStore store, int product, DateOnly day)
    {
        foreach (var (wanting, from, to) in Outs(store, day))
        {
            if (wanting == product && from <= day.Day && day.Day <= to)
                return true;
        }
        return false;
    }

    /// <returns>The products a store runs out of in the month of a day, with the first and last day of the month without them.</returns>
    public (int Product, int From, int To)[] Outs(DemoStore store, DateOnly day)
    {
        var month = (day.Year * 12) + day.Month;
        if (_outs.TryGetValue((store.Index, month), out var known))
            return known;
        var dice = new Dice(OutSeed, store.Index, month);
        var outs = new (int Product, int From, int To)[OutsAMonth];
        for (var i = 0; i < outs.Length; i++)
        {
            var leaf = _assortment.Leaves[dice.Below(_assortment.Leaves.Count)];
            var from = 1 + dice.Below(28);
            outs[i] = (leaf.First + dice.Pick(_popularity[leaf.Index]), from, from + 2 + dice.Below(7));
        }
        return _outs[(store.Index, month)] = outs;
    }

    // A few products of a category make most of its sales, and cheap ones are taken more often than dear ones.
    private double[] Sums(DemoLeaf leaf)
    {
        var sums = new double[leaf.Count];
        var sum = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            var product = _assortment.All[leaf.First + i];
            var rank = new Dice(PopularitySeed, product.Index).Between(1, 12);
            sum += Math.Pow(product.Price, -0.45) / rank;
            sums[i] = sum;
        }
        return sums;
    }
}
