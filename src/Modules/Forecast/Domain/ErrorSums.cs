namespace EPM.Forecast.Domain;

/// <summary>
/// How far off forecasts were, as sums: measures of a whole are made from the sums of its parts, never as an average of their measures,
/// which would give a product that sells once a month the weight of one that sells by the hundred.
/// </summary>
internal sealed class ErrorSums
{
    private double _actual;
    private double _absActual;
    private double _error;
    private double _absError;
    private double _absNaive;
    private double _scale;
    private int _scaled;
    private double _absErrorScaled;
    private int _withBand;
    private int _inBand;

    public int Days { get; private set; }

    /// <summary>What came.</summary>
    public double Units => _actual;

    public double AbsError => _absError;

    public double AbsActual => _absActual;

    /// <summary>Σ|error| ÷ Σ|actual|; null when nothing was sold, for then no share of it can be told.</summary>
    public double? Wape => Of(_absError);

    public double? NaiveWape => Of(_absNaive);

    /// <summary>Σ(mean − actual) ÷ Σ|actual|: above zero when too much was forecast.</summary>
    public double? Bias => Of(_error);

    /// <summary>Σ|error| ÷ Σ of what the seasonal naive errs within the history (Hyndman and Koehler 2006).</summary>
    public double? Mase => _scaled > 0 && _scale > 0 ? _absErrorScaled / _scale : null;

    /// <summary>Share of days that came within P10 and P90.</summary>
    public double? Coverage => _withBand > 0 ? (double)_inBand / _withBand : null;

    /// <param name="median">What errors are told of: the value that is as often too high as too low.</param>
    /// <param name="mean">What bias is told of: medians of what seldom sells are nothing.</param>
    /// <param name="scale">Mean absolute error of the seasonal naive within the history; null when it is not known.</param>
    public void Add(double actual, double median, double mean, double naive, double? p10 = null, double? p90 = null, double? scale = null)
    {
        Days++;
        _actual += actual;
        _absActual += Math.Abs(actual);
        _error += mean - actual;
        _absError += Math.Abs(median - actual);
        _absNaive += Math.Abs(naive - actual);
        if (p10 is { } low && p90 is { } high)
        {
            _withBand++;
            _inBand += low <= actual && actual <= high ? 1 : 0;
        }
        if (scale is > 0)
        {
            _scaled++;
            _scale += scale.Value;
            _absErrorScaled += Math.Abs(median - actual);
        }
    }

    private double? Of(double sum) => _absActual > 0 ? sum / _absActual : null;
}
