namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// What is believed of a coefficient before a series is looked at: the mean over all series, what its groups (its store, its category)
/// add to that, and how much series still differ.
/// </summary>
internal sealed class CoefficientPrior
{
    /// <summary>Series below which nothing can be learnt of how they differ.</summary>
    public const int Fewest = 3;

    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);

    public static CoefficientPrior Of(IReadOnlyList<RegressionCell?> cells)
    {
        var known = new Dictionary<string, List<Seen>>(StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i]?.Coefficients is not { } coefficients)
                continue;
            for (var j = 1; j < coefficients.Length; j++)
            {
                if (!known.TryGetValue(cells[i]!.Design.Names[j], out var values))
                    known[cells[i]!.Design.Names[j]] = values = [];
                values.Add(new Seen(i, coefficients[j], cells[i]!.Noise * cells[i]!.Variances[j], cells[i]!.History.Groups));
            }
        }
        var prior = new CoefficientPrior();
        foreach (var (name, seen) in known)
        {
            if (seen.Count >= Fewest)
                prior._columns[name] = Column.Of(seen);
        }
        return prior;
    }

    /// <summary>What is believed of one series' columns; null for a column that nothing is believed of.</summary>
    public Func<string, (double Mean, double Variance)?> For(int series) =>
        name => _columns.TryGetValue(name, out var column) ? (column.Means.GetValueOrDefault(series, column.Mean), column.Variance) : null;

    private readonly record struct Seen(int Series, double Value, double Noise, IReadOnlyList<string> Groups);

    private sealed record Column(double Mean, double Variance, Dictionary<int, double> Means)
    {
        public static Column Of(List<Seen> seen)
        {
            var offsets = new double[seen.Count];
            var (mean, variance) = Moments(seen, offsets);
            for (var round = 0; round < 2; round++)
            {
                for (var dimension = 0; dimension < seen[0].Groups.Count; dimension++)
                    Regroup(seen, dimension, mean, variance, offsets);
                (mean, variance) = Moments(seen, offsets);
            }
            var means = new Dictionary<int, double>();
            for (var i = 0; i < seen.Count; i++)
                means[seen[i].Series] = mean + offsets[i];
            return new Column(mean, variance, means);
        }

        private static (double Mean, double Variance) Moments(List<Seen> seen, double[] offsets)
        {
            var (mean, variance) = (0.0, 0.0);
            for (var round = 0; round < 5; round++)
            {
                var (weight, sum) = (0.0, 0.0);
                for (var i = 0; i < seen.Count; i++)
                {
                    weight += 1 / (seen[i].Noise + variance + 1e-9);
                    sum += (seen[i].Value - offsets[i]) / (seen[i].Noise + variance + 1e-9);
                }
                mean = sum / weight;
                // Each deviation counts by how well it is known, or one wild series would speak for all.
                var (excess, share) = (0.0, 0.0);
                for (var i = 0; i < seen.Count; i++)
                {
                    var w = 1 / Math.Pow(seen[i].Noise + variance + 1e-9, 2);
                    excess += w * (Math.Pow(seen[i].Value - offsets[i] - mean, 2) - seen[i].Noise);
                    share += w;
                }
                variance = Math.Max(1e-5, excess / share);
            }
            return (mean, variance);
        }

        // What each group of a dimension adds, shrunk by how much the groups differ beyond what chance explains.
        private static void Regroup(List<Seen> seen, int dimension, double mean, double variance, double[] offsets)
        {
            var groups = Enumerable.Range(0, seen.Count).Where(i => dimension < seen[i].Groups.Count).GroupBy(i => seen[i].Groups[dimension], StringComparer.Ordinal)
                .Select(group => group.ToArray()).ToArray();
            if (groups.Length < 2 || groups.Length > seen.Count / 2)
                return;
            var (excess, share) = (0.0, 0.0);
            var found = new (double Mean, double Noise)[groups.Length];
            for (var g = 0; g < groups.Length; g++)
            {
                var weight = groups[g].Sum(i => 1 / (seen[i].Noise + variance + 1e-9));
                found[g] = (groups[g].Sum(i => (seen[i].Value - offsets[i] - mean) / (seen[i].Noise + variance + 1e-9)) / weight, 1 / weight);
                excess += ((found[g].Mean * found[g].Mean) - found[g].Noise) / Math.Pow(found[g].Noise, 2);
                share += 1 / Math.Pow(found[g].Noise, 2);
            }
            var between = Math.Max(0, excess / share);
            for (var g = 0; g < groups.Length; g++)
            {
                foreach (var i in groups[g])
                    offsets[i] += found[g].Mean * between / (between + found[g].Noise);
            }
        }
    }
}
