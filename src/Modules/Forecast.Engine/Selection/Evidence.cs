namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// What the methods said of one series at all its origins, flat: by point, method and P10, P50, P90, in units of the series' scale. A method
/// that was silent at an origin stands there as the mean of those that spoke.
/// </summary>
internal sealed class Evidence
{
    private static readonly int[] Kept = [Prediction.P10, Prediction.Median, Prediction.P90];
    private static readonly double[] Levels = [0.1, 0.5, 0.9];

    private readonly double[] _came;
    private readonly double[] _said;
    private readonly double[] _shares;

    public Evidence(Tryout tried, int methods, int firstOrigin, int endOrigin)
    {
        Methods = methods;
        var origins = Enumerable.Range(firstOrigin, Math.Max(0, Math.Min(endOrigin, tried.Backs.Count) - firstOrigin)).Where(i => tried.Said[i].Any(said => said is not null)).ToArray();
        Origins = origins.Length;
        var points = origins.Sum(i => tried.Came(i).Length);
        (_came, _shares, _said) = (new double[points], new double[points], new double[points * methods * 3]);
        var at = 0;
        foreach (var origin in origins)
        {
            var came = tried.Came(origin);
            var said = tried.Said[origin];
            var speaking = said.Count(one => one is not null);
            for (var step = 0; step < came.Length; step++, at++)
            {
                (_came[at], _shares[at]) = (came[step] / tried.Scale, 1.0 / came.Length / origins.Length / 3);
                for (var q = 0; q < 3; q++)
                {
                    var mean = 0.0;
                    foreach (var one in said)
                        mean += one is null ? 0 : one[step, Kept[q]] / speaking;
                    for (var m = 0; m < methods; m++)
                        _said[(((at * methods) + m) * 3) + q] = (said[m] is { } told ? told[step, Kept[q]] : mean) / tried.Scale;
                }
            }
        }
    }

    public int Methods { get; }

    public int Origins { get; }

    /// <summary>The mean pinball loss of the weighted quantiles, and how it would change with each weight.</summary>
    public double Loss(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        var loss = 0.0;
        for (var at = 0; at < _came.Length; at++)
        {
            var row = _said.AsSpan(at * Methods * 3, Methods * 3);
            for (var q = 0; q < 3; q++)
            {
                var said = 0.0;
                for (var m = 0; m < Methods; m++)
                    said += weights[m] * row[(m * 3) + q];
                var slope = _came[at] >= said ? -Levels[q] : 1 - Levels[q];
                loss += _shares[at] * slope * (said - _came[at]);
                if (gradient.Length == 0)
                    continue;
                for (var m = 0; m < Methods; m++)
                    gradient[m] += _shares[at] * slope * row[(m * 3) + q];
            }
        }
        return loss;
    }
}
