using EPM.Forecast.Engine.Learning;

namespace EPM.Forecast.Engine.Tests.Learning;

public sealed class BoostedTreesTests
{
    [Fact]
    public void Trees_learn_each_quantile_of_a_spread_that_grows()
    {
        var trees = Grown(out _);
        Span<double> said = stackalloc double[BoostedTrees.Levels.Length];
        foreach (var x in new[] { 2f, 5f, 8f })
        {
            trees.Predict([x, 0], said);
            for (var q = 0; q < said.Length; q++)
                said[q].ShouldBe(x * BoostedTrees.Levels[q], 0.18 * x, $"x {x}, level {BoostedTrees.Levels[q]}");
        }
    }

    [Fact]
    public void The_same_rows_grow_the_same_trees()
    {
        Span<double> one = stackalloc double[5], other = stackalloc double[5];
        Grown(out _).Predict([4, 1], one);
        Grown(out _).Predict([4, 1], other);
        one.ToArray().ShouldBe(other.ToArray());
    }

    [Fact]
    public void What_is_not_known_has_a_bin_of_its_own()
    {
        var bins = Bins.Of([1f, 2f, 3f, float.NaN, 4f], 1);
        bins.Of(0, float.NaN).ShouldBe((byte)Bins.Unknown);
        bins.Of(0, 0.5f).ShouldBe((byte)0);
        bins.Of(0, 4f).ShouldBeGreaterThan(bins.Of(0, 2f));
    }

    // Uniform between 0 and x: the quantile of a level is x times the level.
    private static BoostedTrees Grown(out float[] targets)
    {
        var dice = new Random(4);
        const int Count = 6000;
        var (rows, weights) = (new float[2 * Count], new float[Count]);
        targets = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            (rows[2 * i], rows[(2 * i) + 1]) = (1 + (9 * dice.NextSingle()), dice.NextSingle());
            (targets[i], weights[i]) = (rows[2 * i] * dice.NextSingle(), 1);
        }
        return BoostedTrees.Fit(rows, 2, targets, weights, 80, CancellationToken.None);
    }
}
