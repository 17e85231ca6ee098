namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>
/// What sums to what: a tree such as product × store → category × store → store → region → group. Nodes are numbered; a parent is always
/// numbered before its children.
/// </summary>
public sealed class Hierarchy
{
    private readonly int[] _parents, _firsts, _children, _depths;

    private Hierarchy(int[] parents, string[] names)
    {
        (_parents, Names) = (parents, names);
        (_firsts, _children, _depths) = (new int[parents.Length + 1], new int[parents.Length], new int[parents.Length]);
        for (var node = 0; node < parents.Length; node++)
        {
            if (parents[node] < 0)
                continue;
            _firsts[parents[node] + 1]++;
            _depths[node] = _depths[parents[node]] + 1;
        }
        for (var node = 0; node < parents.Length; node++)
            _firsts[node + 1] += _firsts[node];
        var next = (int[])[.. _firsts];
        for (var node = 0; node < parents.Length; node++)
        {
            if (parents[node] >= 0)
                _children[next[parents[node]]++] = node;
        }
    }

    public int Count => _parents.Length;

    /// <summary>The last part of each node's path.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>A tree of the paths from the top to each leaf, the top left out: <c>["north", "store 1", "drinks", "water"]</c>.
    /// Node 0 is the top; the others are numbered as they are met.</summary>
    /// <returns>The tree, and the node of each path.</returns>
    /// <exception cref="ArgumentException">A path that ends where another goes on, or comes twice.</exception>
    public static (Hierarchy Tree, IReadOnlyList<int> Leaves) Of(IReadOnlyList<IReadOnlyList<string>> paths)
    {
        var (parents, names, known) = (new List<int> { -1 }, new List<string> { "" }, new Dictionary<(int Parent, string Name), int>());
        var leaves = new int[paths.Count];
        for (var i = 0; i < paths.Count; i++)
        {
            foreach (var name in paths[i])
            {
                if (!known.TryGetValue((leaves[i], name), out var node))
                {
                    known.Add((leaves[i], name), node = parents.Count);
                    parents.Add(leaves[i]);
                    names.Add(name);
                }
                leaves[i] = node;
            }
        }
        var tree = new Hierarchy([.. parents], [.. names]);
        if (leaves.Distinct().Count() != leaves.Length || !leaves.All(tree.IsLeaf))
            throw new ArgumentException("A path ends where another goes on, or comes twice.", nameof(paths));
        return (tree, leaves);
    }

    /// <summary>-1 for the top.</summary>
    public int Parent(int node) => _parents[node];

    public ReadOnlySpan<int> Children(int node) => _children.AsSpan(_firsts[node], _firsts[node + 1] - _firsts[node]);

    public bool IsLeaf(int node) => _firsts[node + 1] == _firsts[node];

    /// <summary>Steps from the top, itself 0.</summary>
    public int Depth(int node) => _depths[node];

    /// <summary>Sets every node that has children to their sum.</summary>
    public void SumUp(Span<double> values)
    {
        for (var node = Count - 1; node >= 0; node--)
        {
            if (IsLeaf(node))
                continue;
            var sum = 0.0;
            foreach (var child in Children(node))
                sum += values[child];
            values[node] = sum;
        }
    }
}
