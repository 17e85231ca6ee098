namespace EPM.Forecast.Engine.Learning;

/// <summary>Grows trees on binned rows, the leaf that gains most first. Each tree sees a part of the rows and of the features, drawn by its number.</summary>
internal sealed class TreeGrowth
{
    private const int MostLeaves = 16;
    private const int FewestRows = 40;
    private const double Penalty = 20;
    private const int FeaturesOf = 2;

    private readonly byte[] _binned;
    private readonly int _features;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly float[] _said;
    private readonly float[] _slopes;
    private readonly int _levels = BoostedTrees.Levels.Length;

    public TreeGrowth(byte[] binned, int features, float[] targets, float[] weights, float[] said)
    {
        (_binned, _features, _targets, _weights, _said) = (binned, features, targets, weights, said);
        _slopes = new float[said.Length];
    }

    private int Count => _targets.Length;

    public BoostedTree Grow(int round, double pace)
    {
        for (var row = 0; row < Count; row++)
        {
            for (var q = 0; q < _levels; q++)
            {
                var at = (row * _levels) + q;
                _slopes[at] = _weights[row] * (float)(_targets[row] >= _said[at] ? BoostedTrees.Levels[q] : BoostedTrees.Levels[q] - 1);
            }
        }
        var (features, edges, lefts, members) = (new List<short> { -1 }, new List<byte> { 0 }, new List<short> { 0 }, new List<int[]?>());
        var draw = new Random(unchecked((round * 7919) + 17));
        members.Add(Rows(draw));
        var asked = Enumerable.Range(0, _features).Where(_ => draw.Next(FeaturesOf) == 0).ToArray();
        if (asked.Length == 0)
            asked = [.. Enumerable.Range(0, _features)];
        var open = new PriorityQueue<(int Node, Split Split), double>();
        Consider(0, members[0]!, asked, open);
        for (var leaves = 1; leaves < MostLeaves && open.TryDequeue(out var next, out _); leaves++)
        {
            var (left, right) = Parted(members[next.Node]!, next.Split);
            (features[next.Node], edges[next.Node], lefts[next.Node]) = ((short)next.Split.Feature, next.Split.Edge, (short)features.Count);
            members[next.Node] = null;
            foreach (var part in new[] { left, right })
            {
                features.Add(-1);
                edges.Add(0);
                lefts.Add(0);
                members.Add(part);
                Consider(features.Count - 1, part, asked, open);
            }
        }
        var moves = new double[features.Count * _levels];
        for (var node = 0; node < features.Count; node++)
        {
            if (members[node] is { } rows)
                Move(rows, pace, moves.AsSpan(node * _levels, _levels));
        }
        var tree = new BoostedTree([.. features], [.. edges], [.. lefts], moves);
        Say(tree);
        return tree;
    }

    // Half of the rows, and all of them where there are few.
    private int[] Rows(Random draw) => Count < 4000 ? [.. Enumerable.Range(0, Count)] : [.. Enumerable.Range(0, Count).Where(_ => draw.Next(2) == 0)];

    private void Consider(int node, int[] rows, int[] asked, PriorityQueue<(int, Split), double> open)
    {
        if (rows.Length < 2 * FewestRows)
            return;
        var best = new Split(-1, 0, 0);
        var histogram = new double[Bins.Count * (_levels + 2)];
        foreach (var feature in asked)
        {
            Fill(rows, feature, histogram);
            best = Best(feature, histogram, best);
        }
        if (best.Feature >= 0)
            open.Enqueue((node, best), -best.Gain);
    }

    // By bin: the slopes of each quantile, the weight, the number of rows.
    private void Fill(int[] rows, int feature, double[] histogram)
    {
        Array.Clear(histogram);
        var width = _levels + 2;
        var bins = _binned.AsSpan(feature * Count, Count);
        foreach (var row in rows)
        {
            var at = histogram.AsSpan(bins[row] * width, width);
            var slopes = _slopes.AsSpan(row * _levels, _levels);
            for (var q = 0; q < slopes.Length; q++)
                at[q] += slopes[q];
            at[^2] += _weights[row];
            at[^1]++;
        }
    }

    private Split Best(int feature, double[] histogram, Split best)
    {
        var width = _levels + 2;
        Span<double> all = stackalloc double[width];
        for (var bin = 0; bin < Bins.Count; bin++)
        {
            for (var i = 0; i < width; i++)
                all[i] += histogram[(bin * width) + i];
        }
        Span<double> left = stackalloc double[width];
        var whole = Gain(all);
        for (var edge = 0; edge < Bins.Count - 1; edge++)
        {
            for (var i = 0; i < width; i++)
                left[i] += histogram[(edge * width) + i];
            if (left[^1] < FewestRows || histogram[(edge * width) + width - 1] == 0)
                continue;
            if (all[^1] - left[^1] < FewestRows)
                break;
            var gain = Gain(left) + GainOfRest(all, left) - whole;
            if (gain > best.Gain + 1e-9)
                best = new Split(feature, (byte)edge, gain);
        }
        return best;
    }

    private static double Gain(ReadOnlySpan<double> sums)
    {
        var gain = 0.0;
        for (var q = 0; q < sums.Length - 2; q++)
            gain += sums[q] * sums[q];
        return gain / (sums[^2] + Penalty);
    }

    private static double GainOfRest(ReadOnlySpan<double> all, ReadOnlySpan<double> left)
    {
        var gain = 0.0;
        for (var q = 0; q < all.Length - 2; q++)
            gain += (all[q] - left[q]) * (all[q] - left[q]);
        return gain / (all[^2] - left[^2] + Penalty);
    }

    private (int[] Left, int[] Right) Parted(int[] rows, Split split)
    {
        var bins = _binned.AsSpan(split.Feature * Count, Count);
        var (left, right) = (new List<int>(rows.Length), new List<int>(rows.Length));
        foreach (var row in rows)
            (bins[row] <= split.Edge ? left : right).Add(row);
        return ([.. left], [.. right]);
    }

    // Each quantile moves towards that quantile of what is left, the less the fewer rows speak for it.
    private void Move(int[] rows, double pace, Span<double> moves)
    {
        var (left, weights) = (new float[rows.Length], new float[rows.Length]);
        for (var q = 0; q < _levels; q++)
        {
            var total = 0.0;
            for (var i = 0; i < rows.Length; i++)
            {
                left[i] = _targets[rows[i]] - _said[(rows[i] * _levels) + q];
                weights[i] = _weights[rows[i]];
                total += weights[i];
            }
            Array.Sort(left, weights);
            moves[q] = pace * rows.Length / (rows.Length + Penalty) * WeightedQuantile.Sorted(left, weights, total, BoostedTrees.Levels[q]);
        }
    }

    private void Say(BoostedTree tree)
    {
        for (var row = 0; row < Count; row++)
        {
            var node = 0;
            while (tree.Feature[node] >= 0)
                node = _binned[(tree.Feature[node] * Count) + row] <= tree.Edge[node] ? tree.Left[node] : tree.Left[node] + 1;
            for (var q = 0; q < _levels; q++)
                _said[(row * _levels) + q] += (float)tree.Moves[(node * _levels) + q];
        }
    }

    private readonly record struct Split(int Feature, byte Edge, double Gain);
}
