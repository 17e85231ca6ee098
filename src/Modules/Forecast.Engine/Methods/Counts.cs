using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>How a mean of counts follows what comes.</summary>
internal enum CountLevel
{
    /// <summary>Exponential smoothing of everything, by day of the week: Snyder, Ord and Beaumont 2012.</summary>
    Smoothed,

    /// <summary>Croston 1972.</summary>
    Croston,

    /// <summary>Croston without its bias: Syntetos and Boylan 2005.</summary>
    Unbiased,

    /// <summary>Size and probability, which fades: Teunter, Syntetos and Babai 2011.</summary>
    Fading,
}

/// <summary>
/// Demand that comes now and then, as counts: y ~ negative binomial, or that with zeros on top, around a mean λ that follows by λ ← λ + α(y − λ)
/// or as Croston and those after him have it; several α, sizes and shares of zeros are mixed by how likely they are. Quantiles are whole
/// numbers. The mean stays as it is from the last step on, times what the day of the week has. Cost: 5 passes of n, 240 × 105 likelihoods.
/// History: 8 points with one sale. Returns count as nothing sold; what is not counted in whole units, or by more than 500, is refused. Gaps
/// are filled before.
/// </summary>
internal sealed class Counts(string name, CountLevel level) : IMethod
{
    private const int LongestSeason = 31;
    private const double MostMean = 500;

    private static readonly double[] Alphas = [0.03, 0.06, 0.1, 0.17, 0.3];

    // Around 0.1, as is found best for slow movers (Syntetos and Boylan 2005), a factor of two either way being usual.
    private static readonly double[] Prior = [.. Alphas.Select(alpha => -1.5 * Math.Pow(Math.Log(alpha / 0.1), 2))];

    public Counts()
        : this("counts", CountLevel.Smoothed)
    {
    }

    public string Name => name;

    public static Counts Croston() => new("croston", CountLevel.Croston);

    public static Counts Unbiased() => new("sba", CountLevel.Unbiased);

    public static Counts Fading() => new("tsb", CountLevel.Fading);

    public IFitted? Fit(History history)
    {
        if (history.Length < 8 || Whole(history.Span) is not { } y)
            return null;
        var (sum, sold, most) = (0.0, 0, 0.0);
        foreach (var count in y)
        {
            sum += count;
            sold += count > 0 ? 1 : 0;
            most = Math.Max(most, count);
        }
        var mean = sum / y.Length;
        if (sold == 0 || mean > MostMean || most > 100 * MostMean)
            return null;
        double[] factors = [1];
        if (level == CountLevel.Smoothed && history.Period is > 1 and <= LongestSeason && y.Length >= 4 * history.Period)
            Intermittent.Factors(y, mean, factors = new double[history.Period]);
        var start = new Start(factors, mean, sum / sold, sold / (double)y.Length);
        var means = Follow(y, start);
        return new Fitted(this, start, CountMixture.Of(y, means, Prior, factors), [.. means.Select(one => one[^1])], y.Length);
    }

    private double[][] Follow(ReadOnlySpan<double> y, Start start)
    {
        var means = new double[Alphas.Length][];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = new double[y.Length + 1];
            switch (level)
            {
                case CountLevel.Smoothed:
                    Intermittent.Level(y, start.Factors, Alphas[i], start.Mean, means[i]);
                    break;
                case CountLevel.Fading:
                    Intermittent.Fading(y, Alphas[i], Alphas[i], start.Size, start.Probability, means[i]);
                    break;
                default:
                    Intermittent.Croston(y, Alphas[i], level == CountLevel.Unbiased, means[i]);
                    break;
            }
        }
        return means;
    }

    // What was corrected or filled may be a fraction: rounded, as long as it is the exception.
    private static double[]? Whole(ReadOnlySpan<double> values)
    {
        var (counts, odd) = (new double[values.Length], 0);
        for (var t = 0; t < counts.Length; t++)
        {
            counts[t] = Math.Max(0, Math.Round(values[t]));
            odd += Math.Abs(values[t] - Math.Round(values[t])) > 1e-6 ? 1 : 0;
        }
        return odd > counts.Length / 5 ? null : counts;
    }

    /// <param name="Size">Of a demand.</param>
    private sealed record Start(double[] Factors, double Mean, double Size, double Probability);

    private sealed record Fitted(Counts Method, Start Start, CountMixture Mixture, double[] Means, int Length) : IFitted
    {
        public string Model => Method.Name switch { "croston" => "Croston", "sba" => "Syntetos–Boylan", "tsb" => "Teunter–Syntetos–Babai", _ => "Counts" };

        public IFitted? Over(History history) =>
            Whole(history.Span) is { } y ? this with { Means = [.. Method.Follow(y, Start).Select(one => one[^1])], Length = y.Length } : null;

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            var period = Start.Factors.Length;
            for (var step = 0; step < horizon; step++)
            {
                if (step < period)
                {
                    Mixture.Fill(prediction, step, Means, Start.Factors[(Length + step) % period]);
                    continue;
                }
                prediction.Mean[step] = prediction.Mean[step - period];
                prediction.At(step - period).CopyTo(prediction.Quantiles.AsSpan(step * Prediction.Levels.Count));
            }
            return prediction;
        }
    }
}
