namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// Complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022): a level l beside what of the information it does not see, c. With
/// α = α₀ + iα₁: y = l + e; l ← l − (1 − α₁)c + (α₀ − α₁)e; c ← l + (1 − α₀)c + (α₀ + α₁)e. One pass in O(n).
/// </summary>
internal static class CesKernel
{
    /// <summary>Whether what was long ago is forgotten: both roots of the matrix that carries errors on lie within 1.</summary>
    public static bool Forgets(double real, double imaginary)
    {
        var (trace, determinant) = (2 - (2 * real) + imaginary, ((1 - real + imaginary) * (1 - real)) + ((1 - imaginary) * (1 - real - imaginary)));
        return determinant < 1 && Math.Abs(trace) < 1 + determinant;
    }

    /// <param name="errors">Where the errors go, or empty.</param>
    /// <returns>Σe².</returns>
    public static double Run(ReadOnlySpan<double> y, double real, double imaginary, ref double level, ref double hidden, Span<double> errors)
    {
        var (squares, l, c) = (0.0, level, hidden);
        for (var t = 0; t < y.Length; t++)
        {
            var error = y[t] - l;
            squares += error * error;
            if (errors.Length > 0)
                errors[t] = error;
            (l, c) = (l - ((1 - imaginary) * c) + ((real - imaginary) * error), l + ((1 - real) * c) + ((real + imaginary) * error));
        }
        (level, hidden) = (l, c);
        return double.IsFinite(squares) ? squares : double.PositiveInfinity;
    }

    /// <summary>Forecasts without further errors; from (α₀ − α₁, α₀ + α₁), what one error of 1 does to the steps after it.</summary>
    public static void Means(double real, double imaginary, double level, double hidden, Span<double> means)
    {
        for (var step = 0; step < means.Length; step++)
        {
            means[step] = level;
            (level, hidden) = (level - ((1 - imaginary) * hidden), level + ((1 - real) * hidden));
        }
    }
}
