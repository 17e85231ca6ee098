using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Reconciliation;

namespace EPM.Forecast.Engine.Tests.Reconciliation;

/// <summary>A small chain whose forecasts miss in a way that is known.</summary>
internal sealed class Chain
{
    private readonly Random _random;

    public Chain(int seed, int stores = 3, int products = 4)
    {
        _random = new Random(seed);
        (Tree, Leaves) = Hierarchy.Of([.. from store in Enumerable.Range(0, stores) from product in Enumerable.Range(0, products) select new[] { $"store {store}", $"product {product}" }]);
    }

    public Hierarchy Tree { get; }

    public IReadOnlyList<int> Leaves { get; }

    public double Next() => Normal.Quantile(Math.Clamp(_random.NextDouble(), 1e-12, 1 - 1e-12));

    /// <summary>Values that add up, from leaves of about 50.</summary>
    public double[] Truth()
    {
        var values = new double[Tree.Count];
        foreach (var leaf in Leaves)
            values[leaf] = 50 + (10 * Next());
        Tree.SumUp(values);
        return values;
    }

    /// <summary>Backtests in which every node misses by its own deviation.</summary>
    public IReadOnlyList<Trial>[] Trials(int origins, int steps, Func<int, double> deviation)
    {
        var trials = Enumerable.Range(0, Tree.Count).Select(_ => new List<Trial>()).ToArray();
        for (var origin = 0; origin < origins; origin++)
        {
            var (said, came) = (Rows(steps), Rows(steps));
            for (var step = 0; step < steps; step++)
            {
                var truth = Truth();
                for (var node = 0; node < truth.Length; node++)
                    (came[node][step], said[node][step]) = (truth[node], truth[node] + (deviation(node) * Next()));
            }
            for (var node = 0; node < trials.Length; node++)
                trials[node].Add(new Trial((origin + 1) * steps, came[node], Prediction.Empty(steps) with { Mean = said[node] }, new double[steps]));
        }
        return trials;
    }

    public Prediction[] Nothing(int steps) => [.. Enumerable.Range(0, Tree.Count).Select(_ => Prediction.Empty(steps))];

    private double[][] Rows(int steps) => [.. Enumerable.Range(0, Tree.Count).Select(_ => new double[steps])];
}
