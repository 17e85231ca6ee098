namespace EPM.Benchmarks.Reporting;

/// <summary>Repeated measurements of one thing.</summary>
internal readonly record struct Spread(double Median, double Min, double Max, int Count)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }

    /// <returns>The value below which the given part of the sorted values lies.</returns>
    public static double Percentile(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(part * sorted.Length) - 1)];
}
