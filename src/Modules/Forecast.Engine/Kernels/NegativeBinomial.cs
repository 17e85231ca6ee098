namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// Counts whose mean is itself spread like a gamma (Greenwood and Yule 1920): mean μ and size r, variance μ + μ² / r, and a share of zeros on
/// top of its own (Lambert 1992).
/// </summary>
internal static class NegativeBinomial
{
    /// <summary>Fills ln(Γ(y + r) / (Γ(r) y!)) for y = 0, 1, …</summary>
    public static void Constants(double size, Span<double> constants)
    {
        constants[0] = 0;
        for (var y = 1; y < constants.Length; y++)
            constants[y] = constants[y - 1] + Math.Log((size + y - 1) / y);
    }

    /// <param name="constant">Of <see cref="Constants"/> for this count and size.</param>
    /// <returns>The logarithm of the probability of a count.</returns>
    public static double Log(int count, double mean, double size, double zeros, double constant)
    {
        var inner = mean / (1 - zeros);
        var sum = size + inner;
        var log = constant + (size * Math.Log(size / sum)) + (count == 0 ? 0 : count * Math.Log(inner / sum));
        if (zeros <= 0)
            return log;
        return count == 0 ? Math.Log(zeros + ((1 - zeros) * Math.Exp(log))) : log + Math.Log(1 - zeros);
    }

    /// <summary>Adds weight × probability of 0, 1, … to a table; what lies beyond its end is added to the last.</summary>
    public static void Add(double mean, double size, double zeros, double weight, Span<double> table)
    {
        var inner = mean / (1 - zeros);
        var share = inner / (size + inner);
        var (probability, left) = (Math.Exp(-size * Math.Log(1 + (inner / size))), 1.0);
        table[0] += weight * zeros;
        var scale = weight * (1 - zeros);
        for (var y = 0; y < table.Length - 1 && left > 1e-7; y++)
        {
            table[y] += scale * probability;
            left -= probability;
            probability *= share * (size + y) / (y + 1);
        }
        table[^1] += scale * Math.Max(left, 0);
    }
}
