namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// Gradient boosting (Friedman 2001) of regression trees on histograms (Ke and others 2017) under the pinball loss of several quantiles at
/// once: one tree a round splits for all of them together, and each of its leaves moves each quantile by that quantile of what is left.
/// </summary>
internal sealed class BoostedTrees
{
    /// <summary>The quantiles that are learnt.</summary>
    public static readonly double[] Levels = [0.1, 0.3, 0.5, 0.7, 0.9];

    private const double Pace = 0.1;

    private readonly Bins _bins;
    private readonly double[] _start;
    private readonly List<BoostedTree> _trees = [];

    private BoostedTrees(Bins bins, double[] start) => (_bins, _start) = (bins, start);

    /// <param name="rows">Row after row, NaN for what is not known.</param>
    /// <param name="weights">What a unit of miss costs in each row.</param>
    /// <param name="rounds">How many trees.</param>
    public static BoostedTrees Fit(ReadOnlySpan<float> rows, int features, float[] targets, float[] weights, int rounds, CancellationToken ct)
    {
        var bins = Bins.Of(rows, features);
        var count = targets.Length;
        var binned = new byte[features * count];
        for (var feature = 0; feature < features; feature++)
        {
            for (var row = 0; row < count; row++)
                binned[(feature * count) + row] = bins.Of(feature, rows[(row * features) + feature]);
        }
        var all = Enumerable.Range(0, count).ToArray();
        var start = Levels.Select(level => WeightedQuantile.Of(all, targets, weights, level)).ToArray();
        var trees = new BoostedTrees(bins, start);
        var said = new float[count * Levels.Length];
        for (var row = 0; row < count; row++)
        {
            for (var q = 0; q < Levels.Length; q++)
                said[(row * Levels.Length) + q] = (float)start[q];
        }
        var growth = new TreeGrowth(binned, features, targets, weights, said);
        for (var round = 0; round < rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            trees._trees.Add(growth.Grow(round, Pace));
        }
        return trees;
    }

    /// <param name="features">One row.</param>
    /// <param name="quantiles">One value a level, in order; on return never crossing.</param>
    public void Predict(ReadOnlySpan<float> features, Span<double> quantiles)
    {
        Span<byte> bins = stackalloc byte[_bins.Features];
        for (var feature = 0; feature < bins.Length; feature++)
            bins[feature] = _bins.Of(feature, features[feature]);
        _start.CopyTo(quantiles);
        foreach (var tree in _trees)
            tree.Add(bins, quantiles);
        quantiles.Sort();
    }
}

/// <summary>One tree: nodes in order, a leaf where <see cref="Feature"/> is negative.</summary>
/// <param name="Edge">Bins up to this one go left; what is not known goes right.</param>
/// <param name="Left">The node to the left; the one to the right is the next.</param>
/// <param name="Moves">By leaf and quantile.</param>
internal sealed record BoostedTree(short[] Feature, byte[] Edge, short[] Left, double[] Moves)
{
    public void Add(ReadOnlySpan<byte> bins, Span<double> quantiles)
    {
        var node = Leaf(bins);
        for (var q = 0; q < quantiles.Length; q++)
            quantiles[q] += Moves[(node * quantiles.Length) + q];
    }

    private int Leaf(ReadOnlySpan<byte> bins)
    {
        var node = 0;
        while (Feature[node] >= 0)
            node = bins[Feature[node]] <= Edge[node] ? Left[node] : Left[node] + 1;
        return node;
    }
}
