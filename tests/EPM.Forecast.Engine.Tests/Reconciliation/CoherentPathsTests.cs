using EPM.Forecast.Engine.Paths;
using EPM.Forecast.Engine.Reconciliation;

namespace EPM.Forecast.Engine.Tests.Reconciliation;

public sealed class CoherentPathsTests
{
    private const int Horizon = 5;

    [Fact]
    public void Every_nodes_paths_are_its_childrens_and_lie_about_the_reconciled_means()
    {
        var chain = new Chain(7);
        var truth = chain.Truth();
        var means = truth.Select(value => Enumerable.Repeat(value * 1.2, Horizon).ToArray()).ToArray();
        var (paths, totals) = (new double[chain.Tree.Count][], new Prediction[chain.Tree.Count]);
        CoherentPaths.Walk(
            chain.Tree,
            new PathSampler(Dependence.Supposed, Horizon, 1024),
            leaf => (CoherentPaths.Moved(Simulated(truth[leaf]), means[leaf]), $"leaf {leaf}", $"store {chain.Tree.Parent(leaf)}"),
            (node, sum) => (paths[node], totals[node]) = (sum.At(2).ToArray(), sum.ToPrediction()));
        for (var node = 0; node < chain.Tree.Count; node++)
        {
            totals[node].Mean[2].ShouldBe(means[node][2], 1e-3);
            paths[node].Average().ShouldBe(means[node][2], 0.01 * means[node][2]);
            totals[node][2, 2].ShouldBeLessThan(means[node][2]);
            totals[node][2, 10].ShouldBeGreaterThan(means[node][2]);
            var sum = new double[paths[node].Length];
            foreach (var child in chain.Tree.Children(node))
            {
                for (var path = 0; path < sum.Length; path++)
                    sum[path] += paths[child][path];
            }
            if (!chain.Tree.IsLeaf(node))
                sum.ShouldBe(paths[node]);
        }
    }

    [Fact]
    public void A_prediction_is_moved_in_proportion_or_by_the_difference()
    {
        var above = CoherentPaths.Moved(Simulated(100), [200, 0, 100, 100, 100]);
        above[0, 10].ShouldBe(2 * Simulated(100)[0, 10], 1e-9);
        above[1, 12].ShouldBe(0);
        var below = CoherentPaths.Moved(Simulated(10), [15, 15, 15, 15, 15]);
        below[0, 0].ShouldBe(Simulated(10)[0, 0] + 5, 1e-9);
        Should.Throw<ArgumentException>(() => CoherentPaths.Moved(Simulated(10), [1]));
    }

    private static Prediction Simulated(double mean) => Paths.Simulated.Normals(Horizon, mean, 10);
}
