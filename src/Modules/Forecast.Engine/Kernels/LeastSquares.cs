namespace EPM.Forecast.Engine.Kernels;

/// <summary>A sum of squared residuals of a few parameters, with what Gauss and Newton need of it.</summary>
internal interface IResiduals
{
    /// <param name="gram">Out, p × p: JᵀJ of the residuals' derivatives.</param>
    /// <param name="slope">Out, p: Jᵀr.</param>
    /// <returns>rᵀr, or infinity where there is none.</returns>
    double At(scoped ReadOnlySpan<double> at, scoped Span<double> gram, scoped Span<double> slope);
}

/// <summary>
/// Minimises a sum of squares within bounds (Levenberg 1944, Marquardt 1963): parameters at a bound that would leave are held there, others
/// are moved onto it. Some ten passes where a search without derivatives takes two hundred. All memory is on the stack.
/// </summary>
internal static class LeastSquares
{
    public const int MostParameters = 16;

    /// <param name="at">The start; on return the best point found.</param>
    /// <param name="tolerance">The relative gain below which it stops.</param>
    /// <returns>The sum there; infinite where there is none at the start.</returns>
    public static double Minimise<TResiduals>(scoped TResiduals of, Span<double> at, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double tolerance, int passes)
        where TResiduals : IResiduals, allows ref struct
    {
        var p = at.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, MostParameters, nameof(at));
        Span<double> gram = stackalloc double[p * p];
        Span<double> tryGram = stackalloc double[p * p];
        Span<double> factor = stackalloc double[p * p];
        Span<double> slope = stackalloc double[p];
        Span<double> trySlope = stackalloc double[p];
        Span<double> tried = stackalloc double[p];
        Span<double> step = stackalloc double[p];
        var value = of.At(at, gram, slope);
        if (!double.IsFinite(value))
            return double.PositiveInfinity;
        var damping = 1e-3;
        for (var pass = 1; pass < passes; pass++)
        {
            if (!Step(gram, slope, damping, at, lower, upper, factor, step))
                break;
            var moved = false;
            for (var i = 0; i < p; i++)
            {
                tried[i] = Math.Clamp(at[i] + step[i], lower[i], upper[i]);
                moved |= Math.Abs(tried[i] - at[i]) > 1e-9 * (1 + Math.Abs(at[i]));
            }
            if (!moved)
                break;
            var next = of.At(tried, tryGram, trySlope);
            if (next < value)
            {
                var gain = (value - next) / value;
                value = next;
                tried.CopyTo(at);
                tryGram.CopyTo(gram);
                trySlope.CopyTo(slope);
                damping = Math.Max(damping / 8, 1e-9);
                if (gain < tolerance)
                    break;
            }
            else
            {
                damping *= 6;
                if (damping > 1e8)
                    break;
            }
        }
        return value;
    }

    private static bool Step(
        ReadOnlySpan<double> gram, ReadOnlySpan<double> slope, double damping, ReadOnlySpan<double> at, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Span<double> factor, Span<double> step)
    {
        var p = slope.Length;
        var free = 0;
        Span<int> which = stackalloc int[p];
        for (var i = 0; i < p; i++)
        {
            step[i] = 0;
            if (!((at[i] <= lower[i] && slope[i] > 0) || (at[i] >= upper[i] && slope[i] < 0)) && gram[(i * p) + i] > 0)
                which[free++] = i;
        }
        if (free == 0)
            return false;
        for (var r = 0; r < free; r++)
        {
            for (var c = 0; c <= r; c++)
            {
                var sum = gram[(which[r] * p) + which[c]] * (r == c ? 1 + damping : 1);
                for (var k = 0; k < c; k++)
                    sum -= factor[(r * p) + k] * factor[(c * p) + k];
                if (r == c)
                    factor[(r * p) + r] = Math.Sqrt(Math.Max(sum, 1e-12 * gram[(which[r] * p) + which[r]]));
                else
                    factor[(r * p) + c] = sum / factor[(c * p) + c];
            }
        }
        Span<double> solved = stackalloc double[free];
        for (var r = 0; r < free; r++)
        {
            solved[r] = -slope[which[r]];
            for (var k = 0; k < r; k++)
                solved[r] -= factor[(r * p) + k] * solved[k];
            solved[r] /= factor[(r * p) + r];
        }
        for (var r = free - 1; r >= 0; r--)
        {
            for (var k = r + 1; k < free; k++)
                solved[r] -= factor[(k * p) + r] * solved[k];
            solved[r] /= factor[(r * p) + r];
            step[which[r]] = solved[r];
        }
        return true;
    }
}
