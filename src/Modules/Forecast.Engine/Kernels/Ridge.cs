namespace EPM.Forecast.Engine.Kernels;

/// <summary>Weighted least squares with a penalty a coefficient, by Cholesky's decomposition of the normal equations: O(n p² + p³).</summary>
internal static class Ridge
{
    /// <param name="x">Row after row, p columns.</param>
    /// <param name="penalties">One a column; 0 for none.</param>
    /// <returns>Coefficients, or null where the columns say the same twice without a penalty.</returns>
    public static double[]? Solve(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, ReadOnlySpan<double> penalties)
    {
        var p = penalties.Length;
        var a = new double[p * p];
        var b = new double[p];
        for (var row = 0; row < y.Length; row++)
        {
            if (weights[row] <= 0)
                continue;
            var values = x.Slice(row * p, p);
            for (var i = 0; i < p; i++)
            {
                var weighted = weights[row] * values[i];
                if (weighted == 0)
                    continue;
                b[i] += weighted * y[row];
                for (var j = 0; j <= i; j++)
                    a[(i * p) + j] += weighted * values[j];
            }
        }
        for (var i = 0; i < p; i++)
            a[(i * p) + i] += penalties[i] + 1e-9;
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[(i * p) + j];
                for (var k = 0; k < j; k++)
                    sum -= a[(i * p) + k] * a[(j * p) + k];
                if (i == j && sum <= 1e-12)
                    return null;
                a[(i * p) + j] = i == j ? Math.Sqrt(sum) : sum / a[(j * p) + j];
            }
        }
        for (var i = 0; i < p; i++)
        {
            for (var k = 0; k < i; k++)
                b[i] -= a[(i * p) + k] * b[k];
            b[i] /= a[(i * p) + i];
        }
        for (var i = p - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < p; k++)
                b[i] -= a[(k * p) + i] * b[k];
            b[i] /= a[(i * p) + i];
        }
        return b;
    }
}
