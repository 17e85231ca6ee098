using EPM.Forecast.Engine.Reconciliation;

namespace EPM.Forecast.Engine.Tests.Reconciliation;

public sealed class ApportionTests
{
    [Fact]
    public void The_largest_remainders_get_what_is_left()
    {
        Apportion.Split(10, [1, 1, 1], 0).ShouldBe([4, 3, 3]);
        Apportion.Split(10, [5, 3, 2.6], 0).ShouldBe([5, 3, 2]);
        Apportion.Split(250, [0, 0], 4).ShouldBe([125, 125]);
        Apportion.Split(-1, [1, 2], 2).ShouldBe([-0.33m, -0.67m]);
        Apportion.Split(0.0003m, [1, 1], 4).ShouldBe([0.0002m, 0.0001m]);
        Apportion.Split(0, [], 2).ShouldBeEmpty();
    }

    [Fact]
    public void Parts_always_sum_to_the_whole_and_lie_within_a_unit_of_their_share()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var weights = Enumerable.Range(0, 1 + random.Next(300)).Select(_ => Math.Pow(random.NextDouble(), 6) * 1e6).ToArray();
            var decimals = random.Next(5);
            var total = Math.Round((decimal)(random.NextDouble() * 1e7), decimals);
            var parts = Apportion.Split(total, weights, decimals);
            parts.Sum().ShouldBe(total);
            for (var part = 0; part < parts.Length; part++)
                ((double)parts[part]).ShouldBe((double)total * weights[part] / weights.Sum(), 1.0001 * Math.Pow(10, -decimals));
        }
    }

    [Fact]
    public void Every_level_of_a_rounded_tree_sums_to_the_one_above()
    {
        var chain = new Chain(6, stores: 20, products: 30);
        var rounded = Apportion.Tree(chain.Tree, chain.Truth(), 1);
        for (var node = 0; node < chain.Tree.Count; node++)
        {
            var sum = 0m;
            foreach (var child in chain.Tree.Children(node))
                sum += rounded[child];
            (chain.Tree.IsLeaf(node) ? rounded[node] : sum).ShouldBe(rounded[node]);
            rounded[node].ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        Should.Throw<ArgumentException>(() => Apportion.Split(0.001m, [1], 2));
        Should.Throw<ArgumentException>(() => Apportion.Split(1, [], 2));
        Should.Throw<ArgumentException>(() => Apportion.Split(1, [1, -1], 2));
        Should.Throw<ArgumentException>(() => Apportion.Split(1, [double.NaN], 2));
    }
}
