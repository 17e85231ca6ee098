namespace EPM.Forecast.Landing;

/// <summary>Equally likely amounts.</summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    /// <param name="amounts">At least one; put in order here.</param>
    public Distribution(double[] amounts)
    {
        Array.Sort(amounts);
        _sorted = amounts;
    }

    /// <param name="probability">0 to 1.</param>
    public double Quantile(double probability)
    {
        var at = probability * (_sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= _sorted.Length ? _sorted[^1] : _sorted[below] + ((at - below) * (_sorted[below + 1] - _sorted[below]));
    }

    /// <summary>The probability of an amount or more. Never quite 0 or 1 unless nothing varies: paths are drawn, the rarest are not among them.</summary>
    public double ChanceOf(double amount)
    {
        if (_sorted[0] == _sorted[^1])
            return _sorted[0] >= amount ? 1 : 0;
        return (_sorted.Count(one => one >= amount) + 0.5) / (_sorted.Length + 1);
    }
}
