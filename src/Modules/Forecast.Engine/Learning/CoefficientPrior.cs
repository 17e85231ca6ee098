namespace EPM.Forecast.Engine.Learning;

/// <summary>What is believed of a coefficient before a series is looked at: the mean over all series, and how much they differ.</summary>
internal sealed class CoefficientPrior
{
    /// <summary>Series below which nothing can be learnt of how they differ.</summary>
    public const int Fewest = 3;

    private readonly Dictionary<string, (double Mean, double Variance)> _columns = new(StringComparer.Ordinal);

    public static CoefficientPrior Of(IReadOnlyList<RegressionCell?> cells)
    {
        var known = new Dictionary<string, List<(double Value, double Variance)>>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            if (cell?.Coefficients is not { } coefficients)
                continue;
            for (var j = 1; j < coefficients.Length; j++)
            {
                if (!known.TryGetValue(cell.Design.Names[j], out var values))
                    known[cell.Design.Names[j]] = values = [];
                values.Add((coefficients[j], cell.Variances[j]));
            }
        }
        var prior = new CoefficientPrior();
        foreach (var (name, values) in known)
        {
            if (values.Count >= Fewest)
                prior._columns[name] = Moments(values);
        }
        return prior;
    }

    /// <returns>Null for a column that nothing is believed of.</returns>
    public (double Mean, double Variance)? Of(string column) => _columns.TryGetValue(column, out var believed) ? believed : null;

    private static (double Mean, double Variance) Moments(List<(double Value, double Variance)> values)
    {
        var variance = 0.0;
        var mean = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var (weight, sum) = (0.0, 0.0);
            foreach (var (value, noise) in values)
            {
                weight += 1 / (noise + variance + 1e-9);
                sum += value / (noise + variance + 1e-9);
            }
            mean = sum / weight;
            // Each deviation counts by how well it is known, or one wild series would speak for all.
            var (excess, share) = (0.0, 0.0);
            foreach (var (value, noise) in values)
            {
                var w = 1 / Math.Pow(noise + variance + 1e-9, 2);
                excess += w * (Math.Pow(value - mean, 2) - noise);
                share += w;
            }
            variance = Math.Max(1e-5, excess / share);
        }
        return (mean, variance);
    }
}
