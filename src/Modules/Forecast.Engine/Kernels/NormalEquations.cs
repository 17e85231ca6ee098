using System.Numerics;

namespace EPM.Forecast.Engine.Kernels;

/// <summary>Normal equations of weighted least squares, by Cholesky's decomposition.</summary>
internal static class NormalEquations
{
    /// <summary>The lower factor, in place of the lower triangle.</summary>
    /// <returns>False where the columns say the same twice.</returns>
    public static bool Factor(Span<double> a, int p)
    {
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[(i * p) + j] - Dot(a.Slice(i * p, j), a.Slice(j * p, j));
                if (i == j && sum <= 1e-12)
                    return false;
                a[(i * p) + j] = i == j ? Math.Sqrt(sum) : sum / a[(j * p) + j];
            }
        }
        return true;
    }

    /// <param name="b">The right side; on return the solution.</param>
    public static void Solve(ReadOnlySpan<double> factor, Span<double> b, int p)
    {
        for (var i = 0; i < p; i++)
            b[i] = (b[i] - Dot(factor.Slice(i * p, i), b[..i])) / factor[(i * p) + i];
        for (var i = p - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < p; k++)
                b[i] -= factor[(k * p) + i] * b[k];
            b[i] /= factor[(i * p) + i];
        }
    }

    /// <summary>The diagonal of the inverse: for each column the squared length of what the factor makes of its unit vector.</summary>
    public static void InverseDiagonal(ReadOnlySpan<double> factor, int p, Span<double> diagonal)
    {
        var unit = new double[p];
        for (var j = 0; j < p; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            var sum = 0.0;
            for (var i = j; i < p; i++)
            {
                unit[i] = (unit[i] - Dot(factor.Slice((i * p) + j, i - j), unit.AsSpan(j, i - j))) / factor[(i * p) + i];
                sum += unit[i] * unit[i];
            }
            diagonal[j] = sum;
        }
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sum, i) = (0.0, 0);
        if (Vector.IsHardwareAccelerated && a.Length >= Vector<double>.Count)
        {
            var sums = Vector<double>.Zero;
            for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
                sums += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
            sum = Vector.Sum(sums);
        }
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
