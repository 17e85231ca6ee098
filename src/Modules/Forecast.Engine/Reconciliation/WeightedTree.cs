namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>
/// Weighted least squares on a tree: of all values that add up, those nearest to the forecasts in units of their variances (MinT with a
/// diagonal W, Wickramasuriya, Athanasopoulos and Hyndman 2019). Solved level by level: upward, what a node's forecast and its children's sum
/// say together; downward, what a node's value leaves to share among its children by their variances. O(n), no matrix.
/// </summary>
internal static class WeightedTree
{
    /// <param name="said">One value a node; replaced by values that add up, none below zero.</param>
    /// <param name="variances">One a node, above 0.</param>
    /// <param name="best">Scratch: one a node.</param>
    /// <param name="spread">Scratch: one a node.</param>
    public static void Solve(Hierarchy tree, Span<double> said, ReadOnlySpan<double> variances, Span<double> best, Span<double> spread)
    {
        for (var node = tree.Count - 1; node >= 0; node--)
        {
            (best[node], spread[node]) = (said[node], variances[node]);
            if (tree.IsLeaf(node))
                continue;
            var (sum, wide) = (0.0, 0.0);
            foreach (var child in tree.Children(node))
                (sum, wide) = (sum + best[child], wide + spread[child]);
            var share = wide / (wide + variances[node]);
            (best[node], spread[node]) = (sum + (share * (said[node] - sum)), wide * (1 - share));
        }
        said[0] = Math.Max(0, best[0]);
        for (var node = 0; node < tree.Count; node++)
        {
            if (!tree.IsLeaf(node))
                Share(tree.Children(node), said[node], said, best, spread);
        }
    }

    // Each child gets its best value plus the rest by variance; those that would fall below zero stay at zero and the others bear it.
    private static void Share(ReadOnlySpan<int> children, double total, Span<double> values, ReadOnlySpan<double> best, ReadOnlySpan<double> spread)
    {
        foreach (var child in children)
            values[child] = 1;
        while (true)
        {
            var (sum, wide, below) = (0.0, 0.0, false);
            foreach (var child in children)
                (sum, wide) = values[child] > 0 ? (sum + best[child], wide + spread[child]) : (sum, wide);
            if (wide <= 0)
                return;
            var rest = (total - sum) / wide;
            foreach (var child in children)
            {
                if (values[child] > 0 && best[child] + (rest * spread[child]) < 0)
                    (values[child], below) = (0, true);
            }
            if (below)
                continue;
            foreach (var child in children)
                values[child] = values[child] > 0 ? Math.Max(0, best[child] + (rest * spread[child])) : 0;
            return;
        }
    }
}
