using EPM.Forecast.Engine.Reconciliation;

namespace EPM.Forecast.Engine.Tests.Reconciliation;

public sealed class ReconcilerTests
{
    [Fact]
    public void Level_by_level_is_what_the_matrices_say()
    {
        var chain = new Chain(1);
        var trials = chain.Trials(3, 40, node => 1 + node);
        var said = chain.Truth().Select(value => value + (3 * chain.Next())).ToArray();
        var w = new double[said.Length, said.Length];
        for (var node = 0; node < said.Length; node++)
            w[node, node] = trials[node].SelectMany(trial => trial.Came.Zip(trial.Said.Mean, (y, f) => (y - f) * (y - f))).Average();
        Reconcile(Reconciler.Of(ReconciliationMethod.VarianceScaled, chain.Tree, chain.Nothing(1), trials), said).ShouldBe(Dense.MinT(chain.Tree, w, said), 1e-8);
    }

    [Fact]
    public void MinT_with_shrinkage_is_what_the_matrices_say()
    {
        var chain = new Chain(2);
        var trials = chain.Trials(3, 40, node => 2 + (node % 5));
        var errors = trials.Select(list => list.SelectMany(trial => trial.Came.Zip(trial.Said.Mean, (y, f) => y - f)).ToArray()).ToArray();
        var (n, times) = (errors.Length, errors[0].Length);
        var variances = errors.Select(row => row.Average(e => e * e)).ToArray();
        var trace = MinTrace.Of(chain.Tree, variances, [.. errors.SelectMany(row => row)], times).ShouldNotBeNull();
        trace.Shrinkage.ShouldBeInRange(0.1, 1);
        var w = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                w[i, j] = i == j ? variances[i] : (1 - trace.Shrinkage) * errors[i].Zip(errors[j], (a, b) => a * b).Average();
        }
        var said = chain.Truth().Select(value => value + (3 * chain.Next())).ToArray();
        var expected = Dense.MinT(chain.Tree, w, said);
        trace.Solve(said);
        said.ShouldBe(expected, 1e-8);
    }

    [Fact]
    public void Where_the_sums_are_forecast_well_they_pull_the_leaves()
    {
        var chain = new Chain(3);
        var trials = chain.Trials(4, 30, node => chain.Tree.IsLeaf(node) ? 20 : 2);
        var reconciler = Reconciler.Choose(chain.Tree, chain.Nothing(1), trials);
        reconciler.Method.ShouldNotBe(ReconciliationMethod.BottomUp);
        reconciler.Tried.Single(entry => entry.Method == reconciler.Method).Error.ShouldBeLessThan(0.5);
        var (bottom, chosen) = (0.0, 0.0);
        for (var i = 0; i < 200; i++)
        {
            var truth = chain.Truth();
            var said = truth.Select((value, node) => value + ((chain.Tree.IsLeaf(node) ? 20 : 2) * chain.Next())).ToArray();
            var reconciled = Reconcile(reconciler, said);
            foreach (var leaf in chain.Leaves)
                (bottom, chosen) = (bottom + Math.Pow(said[leaf] - truth[leaf], 2), chosen + Math.Pow(reconciled[leaf] - truth[leaf], 2));
        }
        chosen.ShouldBeLessThan(0.9 * bottom, "even the leaves gain");
    }

    [Fact]
    public void Where_the_leaves_are_forecast_best_their_sum_is_taken()
    {
        var chain = new Chain(4);
        var reconciler = Reconciler.Choose(chain.Tree, chain.Nothing(1), chain.Trials(4, 30, node => chain.Tree.IsLeaf(node) ? 1 : 40));
        reconciler.Method.ShouldBe(ReconciliationMethod.BottomUp);
        Reconciler.Choose(chain.Tree, chain.Nothing(1), [.. Enumerable.Range(0, chain.Tree.Count).Select(_ => (IReadOnlyList<Trial>)[])]).Method.ShouldBe(ReconciliationMethod.BottomUp);
    }

    [Theory]
    [InlineData(ReconciliationMethod.BottomUp)]
    [InlineData(ReconciliationMethod.VarianceScaled)]
    [InlineData(ReconciliationMethod.MinTrace)]
    public void Means_add_up_and_none_lies_below_zero(ReconciliationMethod method)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var chain = new Chain(seed, stores: 1 + (seed % 4), products: 1 + (seed % 6));
            var reconciler = Reconciler.Of(method, chain.Tree, chain.Nothing(1), chain.Trials(2, 15, _ => 10));
            // Sums that are forecast far below their parts push leaves against zero.
            var values = Reconcile(reconciler, [.. chain.Truth().Select((value, node) => chain.Tree.IsLeaf(node) ? Math.Abs(value - 48) : 20 * chain.Next())]);
            values.Min().ShouldBeGreaterThanOrEqualTo(0);
            var summed = (double[])values.Clone();
            chain.Tree.SumUp(summed);
            values.ShouldBe(summed);
        }
    }

    [Fact]
    public void Thousands_of_leaves_are_no_matter_and_nodes_without_a_forecast_leave_it_to_the_leaves()
    {
        var chain = new Chain(5, stores: 100, products: 200);
        var said = chain.Truth();
        var wide = Enumerable.Range(0, said.Length).Select(node => Paths.Simulated.Normals(1, said[node], chain.Tree.IsLeaf(node) ? 10 : 5)).ToArray();
        var none = Enumerable.Range(0, said.Length).Select(_ => (IReadOnlyList<Trial>)[]).ToArray();
        said[0] *= 1.1;
        var reconciled = Reconcile(Reconciler.Of(ReconciliationMethod.VarianceScaled, chain.Tree, wide, none), said);
        reconciled[0].ShouldBeInRange(said[0] / 1.1 * 1.02, said[0], "the top is believed and the leaves give way");
        said[0] = double.NaN;
        Reconcile(Reconciler.Of(ReconciliationMethod.VarianceScaled, chain.Tree, wide, none), said)[0].ShouldBe(chain.Leaves.Sum(leaf => said[leaf]), 1e-6);
    }

    [Fact]
    public void A_path_that_ends_within_another_is_refused() =>
        Should.Throw<ArgumentException>(() => Hierarchy.Of([["a", "b"], ["a"]]));

    private static double[] Reconcile(Reconciler reconciler, double[] said) => [.. reconciler.Means([.. said.Select(value => new[] { value })]).Select(row => row[0])];
}
