using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// A distribution of counts around means that are known up to how fast they follow: every smoothing constant, size and share of zeros counts
/// by how likely it made what came, the latest most; smoothing constants by how plausible they are before as well, since a likelihood one
/// step ahead tells little of them.
/// </summary>
/// <param name="Weights">One a smoothing constant, size and share of zeros, in that order; those that hardly count are nothing.</param>
internal sealed record CountMixture(double[] Weights)
{
    private const double HalfLife = 30;
    private const int Seen = 8 * (int)HalfLife;
    private const double Heed = 0.3;
    private const double Least = 0.01;

    private static readonly double[] Sizes = [0.15, 0.3, 0.6, 1.2, 2.5, 6, 20];
    private static readonly double[] Zeros = [0, 0.3, 0.6];

    /// <param name="means">Of each smoothing constant: one a step, and one more.</param>
    /// <param name="prior">The logarithm of how plausible each smoothing constant is.</param>
    /// <param name="factors">What each place of the season has, in units of the mean.</param>
    public static CountMixture Of(ReadOnlySpan<double> y, double[][] means, ReadOnlySpan<double> prior, ReadOnlySpan<double> factors)
    {
        var (n, each) = (y.Length, Sizes.Length * Zeros.Length);
        var weights = new double[means.Length * each];
        var most = 0.0;
        foreach (var value in y)
            most = Math.Max(most, value);
        var constants = new double[(int)most + 1];
        for (var size = 0; size < Sizes.Length; size++)
        {
            NegativeBinomial.Constants(Sizes[size], constants);
            for (var one = 0; one < means.Length; one++)
                Score(y, means[one], factors, size, constants, weights.AsSpan(one * each, each));
        }
        var (best, logs) = (double.NegativeInfinity, new double[means.Length]);
        for (var one = 0; one < means.Length; one++)
        {
            logs[one] = prior[one] + (Heed * Share(weights.AsSpan(one * each, each)));
            best = Math.Max(best, logs[one]);
        }
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= Math.Exp(logs[i / each] - best);
        Prune(weights);
        return new CountMixture(weights);
    }

    /// <summary>Fills one step of a prediction.</summary>
    /// <param name="means">One a smoothing constant.</param>
    public void Fill(Prediction prediction, int step, ReadOnlySpan<double> means, double factor)
    {
        var each = Sizes.Length * Zeros.Length;
        var reach = 8.0;
        for (var i = 0; i < Weights.Length; i++)
        {
            if (Weights[i] <= 0)
                continue;
            var mean = Math.Max(means[i / each] * factor, 1e-4);
            prediction.Mean[step] += Weights[i] * mean;
            var inner = mean / (1 - Zeros[i % Zeros.Length]);
            reach = Math.Max(reach, inner + (9 * Math.Sqrt(inner + (inner * inner / Sizes[i / Zeros.Length % Sizes.Length]))));
        }
        var table = new double[(int)Math.Min(reach, 50_000) + 2];
        for (var i = 0; i < Weights.Length; i++)
        {
            if (Weights[i] > 0)
                NegativeBinomial.Add(Math.Max(means[i / each] * factor, 1e-4), Sizes[i / Zeros.Length % Sizes.Length], Zeros[i % Zeros.Length], Weights[i], table);
        }
        var (sum, level) = (0.0, 0);
        for (var count = 0; count < table.Length; count++)
        {
            sum += table[count];
            while (level < Prediction.Levels.Count && (sum >= Prediction.Levels[level] || count == table.Length - 1))
                prediction[step, level++] = count;
        }
    }

    private static void Score(ReadOnlySpan<double> y, double[] means, ReadOnlySpan<double> factors, int size, double[] constants, Span<double> logs)
    {
        var fade = Math.Pow(0.5, 1 / HalfLife);
        var weight = 1.0;
        for (var t = y.Length - 1; t >= Math.Max(1, y.Length - Seen); t--, weight *= fade)
        {
            var mean = Math.Max(means[t] * factors[t % factors.Length], 1e-4);
            for (var zeros = 0; zeros < Zeros.Length; zeros++)
                logs[(size * Zeros.Length) + zeros] += weight * NegativeBinomial.Log((int)y[t], mean, Sizes[size], Zeros[zeros], constants[(int)y[t]]);
        }
    }

    /// <summary>Turns logarithms into shares of 1.</summary>
    /// <returns>The logarithm of their mean.</returns>
    private static double Share(Span<double> logs)
    {
        var (best, sum) = (double.NegativeInfinity, 0.0);
        foreach (var log in logs)
            best = Math.Max(best, log);
        for (var i = 0; i < logs.Length; i++)
            sum += logs[i] = Math.Exp(logs[i] - best);
        for (var i = 0; i < logs.Length; i++)
            logs[i] /= sum;
        return best + Math.Log(sum / logs.Length);
    }

    private static void Prune(Span<double> weights)
    {
        var (most, sum) = (0.0, 0.0);
        foreach (var weight in weights)
            most = Math.Max(most, weight);
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] = weights[i] < Least * most ? 0 : weights[i];
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;
    }
}
