using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Paths;

/// <summary>The distribution of one sum.</summary>
public sealed class Total
{
    private readonly double[] _sorted;

    internal Total(double mean, double[] sorted) => (Mean, _sorted) = (mean, sorted);

    public double Mean { get; }

    public double P10 => Quantile(0.1);

    public double P50 => Quantile(0.5);

    public double P90 => Quantile(0.9);

    /// <param name="probability">0 to 1.</param>
    public double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return Quantiles.Of(_sorted, probability);
    }

    /// <summary>The probability that the sum reaches an amount. Never quite 0 or 1 unless nothing varies: paths are drawn, the rarest are not among them.</summary>
    public double ChanceOf(double amount)
    {
        if (_sorted[0] == _sorted[^1])
            return _sorted[0] >= amount ? 1 : 0;
        var (below, above) = (0, _sorted.Length);
        while (below < above)
        {
            var middle = (below + above) / 2;
            (below, above) = _sorted[middle] < amount ? (middle + 1, above) : (below, middle);
        }
        return (_sorted.Length - below + 0.5) / (_sorted.Length + 1);
    }
}
