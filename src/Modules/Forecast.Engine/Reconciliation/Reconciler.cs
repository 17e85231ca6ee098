namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>How forecasts of several levels are brought to add up.</summary>
public enum ReconciliationMethod
{
    /// <summary>The leaves are believed, everything else is their sum.</summary>
    BottomUp,

    /// <summary>Each forecast is believed by the variance of its errors (WLS).</summary>
    VarianceScaled,

    /// <summary>As well by what the errors have to do with each other (MinT with shrinkage); small hierarchies only.</summary>
    MinTrace,
}

/// <summary>
/// Brings the means of a hierarchy's forecasts to add up, in the way that would have been best before. Immutable; for any number of threads.
/// </summary>
public sealed class Reconciler
{
    /// <summary>Above so many nodes the errors' covariance is not looked at.</summary>
    public const int MostForMinTrace = 600;

    // What departs from the leaves has to be worth it.
    private const double Worthwhile = 0.98;

    private readonly Hierarchy _tree;
    private readonly double[] _variances;
    private readonly MinTrace? _trace;

    private Reconciler(Hierarchy tree, ReconciliationMethod method, double[] variances, MinTrace? trace, IReadOnlyList<(ReconciliationMethod, double)> tried) =>
        (_tree, Method, _variances, _trace, Tried) = (tree, method, variances, trace, tried);

    public ReconciliationMethod Method { get; }

    /// <summary>The squared errors of each method at origins that it had not seen, mean over the levels, bottom-up being 1. Empty without two origins.</summary>
    public IReadOnlyList<(ReconciliationMethod Method, double Error)> Tried { get; }

    /// <summary>Tries the methods on the backtests, each origin by the errors of the others, and takes the best.</summary>
    /// <param name="said">One forecast a node, all of one horizon; where a node has no trials their spread stands for its errors.</param>
    /// <param name="trials">One list a node, of the same days for the same <see cref="Trial.Back"/>; only those that all nodes with trials have are used.</param>
    /// <exception cref="ArgumentException">Not one list a node.</exception>
    public static Reconciler Choose(Hierarchy tree, IReadOnlyList<Prediction> said, IReadOnlyList<IReadOnlyList<Trial>> trials)
    {
        var past = Backtests.Of(tree, said, trials);
        var tried = past.Compare(tree.Count <= MostForMinTrace);
        var best = tried.Count == 0 ? ReconciliationMethod.BottomUp : tried.MinBy(entry => entry.Item2).Item1;
        if (tried.FirstOrDefault(entry => entry.Item1 == best).Item2 > Worthwhile)
            best = ReconciliationMethod.BottomUp;
        return past.Build(best, leftOut: -1, tried);
    }

    /// <summary>One method without a choice.</summary>
    public static Reconciler Of(ReconciliationMethod method, Hierarchy tree, IReadOnlyList<Prediction> said, IReadOnlyList<IReadOnlyList<Trial>> trials) =>
        Backtests.Of(tree, said, trials).Build(method, leftOut: -1, []);

    /// <summary>Means that add up at every step, none below zero.</summary>
    /// <param name="means">One row a node, one value a step; of a node without a forecast of its own NaN, except leaves.</param>
    public double[][] Means(IReadOnlyList<double[]> means)
    {
        if (means.Count != _tree.Count)
            throw new ArgumentException("Not one row a node.", nameof(means));
        var (horizon, n) = (means[0].Length, _tree.Count);
        var result = new double[n][];
        for (var node = 0; node < n; node++)
            result[node] = new double[horizon];
        var (values, best, spread) = (new double[n], new double[n], new double[n]);
        for (var step = 0; step < horizon; step++)
        {
            for (var node = 0; node < n; node++)
                values[node] = means[node][step];
            Solve(values, best, spread);
            for (var node = 0; node < n; node++)
                result[node][step] = values[node];
        }
        return result;
    }

    internal static Reconciler Built(Hierarchy tree, ReconciliationMethod method, double[] variances, MinTrace? trace, IReadOnlyList<(ReconciliationMethod, double)> tried) =>
        new(tree, method, variances, trace, tried);

    private void Solve(double[] values, double[] best, double[] spread)
    {
        var missing = false;
        for (var node = 0; node < values.Length; node++)
        {
            values[node] = _tree.IsLeaf(node) ? Math.Max(0, values[node]) : values[node];
            missing |= double.IsNaN(values[node]);
        }
        if (Method == ReconciliationMethod.BottomUp || missing)
            _tree.SumUp(values);
        else if (_trace is not null)
            _trace.Solve(values);
        else
        {
            WeightedTree.Solve(_tree, values, _variances, best, spread);
            // What was shared from above is summed from below, so that sums are sums to the last bit.
            _tree.SumUp(values);
        }
    }
}
