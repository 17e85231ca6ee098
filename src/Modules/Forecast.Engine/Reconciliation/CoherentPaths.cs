using EPM.Forecast.Engine.Paths;

namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>Intervals that go with reconciled points: the leaves' distributions are moved to their reconciled means, and every other node's paths are their sum.</summary>
public static class CoherentPaths
{
    /// <summary>The same prediction about other means: in proportion where nothing lies below zero, else by the difference.</summary>
    /// <exception cref="ArgumentException">Another number of steps.</exception>
    public static Prediction Moved(Prediction prediction, IReadOnlyList<double> means)
    {
        if (means.Count != prediction.Horizon)
            throw new ArgumentException("Not one mean a step.", nameof(means));
        var moved = Prediction.Empty(prediction.Horizon);
        for (var step = 0; step < moved.Horizon; step++)
        {
            var was = prediction.Mean[step];
            var scaled = prediction[step, 0] >= 0 && was > 0;
            moved.Mean[step] = means[step];
            for (var level = 0; level < Prediction.Levels.Count; level++)
                moved[step, level] = scaled ? prediction[step, level] * means[step] / was : prediction[step, level] >= 0 && was == 0 ? prediction[step, level] : prediction[step, level] + means[step] - was;
        }
        return moved;
    }

    /// <summary>Draws every leaf and sums upward, in one walk through the tree that holds one sum a level.</summary>
    /// <param name="leaves">Of each node that is a leaf its moved prediction, the id it is drawn by and its store; of others not asked.</param>
    /// <param name="seen">Told each node and its paths once its children are summed, children first. The sum is used again afterwards: keep what it says, not it.</param>
    public static void Walk(Hierarchy tree, PathSampler sampler, Func<int, (Prediction Said, string Id, string Store)> leaves, Action<int, PathSum> seen)
    {
        var free = new Stack<PathSum>();
        var sum = new PathSum(sampler.Horizon, sampler.Paths);
        Walk(0, sum);

        void Walk(int node, PathSum into)
        {
            if (tree.IsLeaf(node))
            {
                var (said, id, store) = leaves(node);
                sampler.AddTo(into, id, store, said);
            }
            foreach (var child in tree.Children(node))
            {
                var part = free.TryPop(out var used) ? used : new PathSum(sampler.Horizon, sampler.Paths);
                part.Clear();
                Walk(child, part);
                into.Add(part);
                free.Push(part);
            }
            seen(node, into);
        }
    }
}
