namespace EPM.Forecast.Engine.Methods;

/// <summary>The lines that everything else has to beat.</summary>
internal enum NaiveLine
{
    /// <summary>y(t) = y(t − m) + e: the last season again, its variance one more σ² with each season ahead.</summary>
    Seasonal,

    /// <summary>y(t) = y(t − 1) + c + e: the last value and the mean change, variance σ²(h + h² / (n − 1)).</summary>
    Drift,

    /// <summary>y = c + e: the mean of all, variance σ²(1 + 1 / n).</summary>
    Mean,
}

/// <summary>
/// Seasonal naive, random walk with drift and mean, each with its distribution (Hyndman and Athanasopoulos 2021, 5.2 and 5.5). Cost: one pass
/// and a sort of n. History: 3 points, a season and two more for the seasonal one, which is the last value without a season. Where
/// more than a quarter are zeros the last value says nothing, and it is refused; gaps are filled before.
/// </summary>
internal sealed class Naive(string name, NaiveLine line) : IMethod
{
    public string Name => name;

    public static Naive Seasonal() => new("snaive", NaiveLine.Seasonal);

    public static Naive Drift() => new("drift", NaiveLine.Drift);

    public static Naive Mean() => new("mean", NaiveLine.Mean);

    public IFitted? Fit(History history)
    {
        var y = history.Span;
        var lag = line == NaiveLine.Seasonal ? Math.Max(1, history.Period) : 1;
        if (y.Length < lag + 2 || Zeros(y) > y.Length / 4)
            return null;
        var n = y.Length;
        var centre = line switch { NaiveLine.Drift => (y[^1] - y[0]) / (n - 1), NaiveLine.Mean => Average(y), _ => 0 };
        var skipped = line == NaiveLine.Mean ? 0 : lag;
        var errors = new double[n - skipped];
        for (var t = skipped; t < n; t++)
            errors[t - skipped] = line == NaiveLine.Mean ? y[t] - centre : y[t] - y[t - lag] - centre;
        // The first error stands a season or a step into the history.
        var (offset, free) = (skipped % Math.Max(1, history.Period), line == NaiveLine.Seasonal ? 0 : 1);
        return new Fitted(this, line, y[^lag..].ToArray(), n, centre, Spread.Of(errors, history.Period, free), offset);
    }

    private static int Zeros(ReadOnlySpan<double> y)
    {
        var zeros = 0;
        foreach (var value in y)
            zeros += value == 0 ? 1 : 0;
        return zeros;
    }

    private static double Average(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        foreach (var value in y)
            sum += value;
        return sum / y.Length;
    }

    private sealed record Fitted(Naive Method, NaiveLine Line, double[] Last, int Length, double Centre, Spread Spread, int Offset) : IFitted
    {
        public string Model => Line switch { NaiveLine.Seasonal => "Seasonal naive", NaiveLine.Drift => "Random walk with drift", _ => "Mean" };

        public IFitted? Over(History history) => Method.Fit(history);

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            for (var step = 0; step < horizon; step++)
            {
                var ahead = step + 1.0;
                var (mean, squares, fourths) = Line switch
                {
                    NaiveLine.Seasonal => (Last[step % Last.Length], 1.0 + (step / Last.Length), 1.0 + (step / Last.Length)),
                    NaiveLine.Drift => (Last[0] + (ahead * Centre), ahead + (ahead * ahead / (Length - 1)), ahead),
                    _ => (Centre, 1 + (1.0 / Length), 1.0),
                };
                Spread.Add(prediction, step, Length - Offset + step, 1, mean, squares, fourths);
            }
            return prediction;
        }
    }
}
