using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// The recursion of <see cref="EtsKernel"/> together with its derivatives by α, β, γ, φ, first level and first trend, carried forward in the
/// same pass: what Gauss and Newton need of it. For multiplicative errors the residuals are e times the geometric mean of the forecasts.
/// </summary>
internal static class EtsSlopes
{
    public const int Count = 6;

    private const double Tiny = 1e-10;

    /// <param name="season">Changed on the way.</param>
    /// <param name="seasonSlopes">Scratch: six values a place of the period.</param>
    /// <param name="gram">Out, 6 × 6: the products of the residuals' derivatives.</param>
    /// <param name="slope">Out, 6: half the derivative of the sum of squares.</param>
    /// <returns>As <see cref="EtsKernel.Run"/>.</returns>
    public static double Run(
        EtsShape shape, ReadOnlySpan<double> y, in Smoothing by, double level, double trend, Span<double> season, Span<double> seasonSlopes, Span<double> gram, Span<double> slope) => shape.Season switch
        {
            Form.None => Run<EtsKernel.Without>(shape, y, by, level, trend, season, seasonSlopes, gram, slope),
            Form.Additive => Run<EtsKernel.Added>(shape, y, by, level, trend, season, seasonSlopes, gram, slope),
            _ => Run<EtsKernel.Multiplied>(shape, y, by, level, trend, season, seasonSlopes, gram, slope),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<TSeason>(
        EtsShape shape, ReadOnlySpan<double> y, in Smoothing by, double level, double trend, Span<double> season, Span<double> seasonSlopes, Span<double> gram, Span<double> slope)
    {
        var (alpha, beta, gamma, phi) = (by.Alpha, shape.Trend ? by.Beta : 0, by.Gamma, shape.Trend ? by.Phi : 0);
        var multiplied = shape.Error == Form.Multiplicative;
        // Derivatives by the four smoothing parameters, and by the two first states.
        var (levelBy, levelOf) = (Vector256<double>.Zero, Vector128.Create(1.0, 0));
        var (trendBy, trendOf) = (Vector256<double>.Zero, Vector128.Create(0, 1.0));
        var (ofAlpha, ofBeta, ofGamma, ofPhi) = (Vector256.Create(1.0, 0, 0, 0), Vector256.Create(0, 1.0, 0, 0), Vector256.Create(0, 0, 1.0, 0), Vector256.Create(0, 0, 0, shape.Trend ? 1.0 : 0));
        Vector256<double> rowA = default, rowB = default, rowC = default, rowD = default, downBy = default, meanBy = default;
        Vector128<double> tailA = default, tailB = default, tailC = default, tailD = default, tailE = default, tailF = default, downOf = default, meanOf = default;
        seasonSlopes.Clear();
        var (squares, logs, product, place) = (0.0, 0.0, 1.0, 0);
        var (l, b) = (level, trend);
        for (var t = 0; t < y.Length; t++)
        {
            var slant = phi * b;
            var basis = l + slant;
            var slantBy = (phi * trendBy) + (b * ofPhi);
            var slantOf = phi * trendOf;
            var basisBy = levelBy + slantBy;
            var basisOf = levelOf + slantOf;
            var (s, mean, mBy, mOf) = (0.0, basis, basisBy, basisOf);
            Vector256<double> sBy = default;
            Vector128<double> sOf = default;
            if (typeof(TSeason) != typeof(EtsKernel.Without))
            {
                s = season[place];
                sBy = Vector256.Create<double>(seasonSlopes.Slice(place * Count, 4));
                sOf = Vector128.Create<double>(seasonSlopes.Slice((place * Count) + 4, 2));
                if (typeof(TSeason) == typeof(EtsKernel.Added))
                    (mean, mBy, mOf) = (basis + s, basisBy + sBy, basisOf + sOf);
                else
                    (mean, mBy, mOf) = (basis * s, (s * basisBy) + (basis * sBy), (s * basisOf) + (basis * sOf));
            }
            var miss = y[t] - mean;
            var (residual, eBy, eOf) = (miss, mBy, mOf);
            if (multiplied)
            {
                if (mean <= Tiny)
                    return double.PositiveInfinity;
                var inverse = 1 / mean;
                residual = miss * inverse;
                var factor = y[t] * inverse * inverse;
                (eBy, eOf) = (factor * mBy, factor * mOf);
                meanBy += inverse * mBy;
                meanOf += inverse * mOf;
                product *= mean;
                if (product is > 1e200 or < 1e-200)
                {
                    logs += Math.Log(product);
                    product = 1;
                }
            }
            squares += residual * residual;
            downBy += residual * eBy;
            downOf += residual * eOf;
            rowA += eBy[0] * eBy;
            rowB += eBy[1] * eBy;
            rowC += eBy[2] * eBy;
            rowD += eBy[3] * eBy;
            tailA += eBy[0] * eOf;
            tailB += eBy[1] * eOf;
            tailC += eBy[2] * eOf;
            tailD += eBy[3] * eOf;
            tailE += eOf[0] * eOf;
            tailF += eOf[1] * eOf;
            var (qOf, wOf) = (-mOf, -mOf);
            var (q, qBy, w, wBy) = (miss, -mBy, miss, -mBy);
            if (typeof(TSeason) == typeof(EtsKernel.Multiplied))
            {
                if (Math.Abs(s) <= Tiny || Math.Abs(basis) <= Tiny)
                    return double.PositiveInfinity;
                var (bySeason, byBasis) = (1 / s, 1 / basis);
                (q, w) = (miss * bySeason, miss * byBasis);
                qBy = (bySeason * qBy) - (q * bySeason * sBy);
                qOf = (bySeason * qOf) - (q * bySeason * sOf);
                wBy = (byBasis * wBy) - (w * byBasis * basisBy);
                wOf = (byBasis * wOf) - (w * byBasis * basisOf);
            }
            l = basis + (alpha * q);
            levelBy = basisBy + (alpha * qBy) + (q * ofAlpha);
            levelOf = basisOf + (alpha * qOf);
            b = slant + (beta * q);
            trendBy = slantBy + (beta * qBy) + (q * ofBeta);
            trendOf = slantOf + (beta * qOf);
            if (typeof(TSeason) != typeof(EtsKernel.Without))
            {
                season[place] = s + (gamma * w);
                (sBy + (gamma * wBy) + (w * ofGamma)).CopyTo(seasonSlopes.Slice(place * Count, 4));
                (sOf + (gamma * wOf)).CopyTo(seasonSlopes.Slice((place * Count) + 4, 2));
                if (++place == shape.Period)
                    place = 0;
            }
        }
        Write(gram, 0, rowA, tailA);
        Write(gram, 1, rowB, tailB);
        Write(gram, 2, rowC, tailC);
        Write(gram, 3, rowD, tailD);
        Write(gram, 4, Vector256.Create(tailA[0], tailB[0], tailC[0], tailD[0]), tailE);
        Write(gram, 5, Vector256.Create(tailA[1], tailB[1], tailC[1], tailD[1]), tailF);
        downBy.CopyTo(slope);
        downOf.CopyTo(slope[4..]);
        if (multiplied)
        {
            Span<double> mean = stackalloc double[Count];
            meanBy.CopyTo(mean);
            meanOf.CopyTo(mean[4..]);
            squares = Multiply(squares, 2 * (logs + Math.Log(product)) / y.Length, mean, y.Length, gram, slope);
        }
        else
        {
            for (var i = 0; i < Count; i++)
                slope[i] = -slope[i];
        }
        return double.IsFinite(squares) ? squares : double.PositiveInfinity;
    }

    private static void Write(Span<double> gram, int row, Vector256<double> first, Vector128<double> last)
    {
        first.CopyTo(gram[(row * Count)..]);
        last.CopyTo(gram[((row * Count) + 4)..]);
    }

    // Residuals e·G with G = exp(mean log μ): their derivative is G·(e′ + e·g) with g the mean of μ′/μ; e′ is kept with its sign turned.
    private static double Multiply(double squares, double logs, Span<double> mean, int n, Span<double> gram, Span<double> slope)
    {
        var scale = Math.Exp(logs);
        for (var i = 0; i < Count; i++)
            mean[i] /= n;
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
                gram[(i * Count) + j] = scale * (gram[(i * Count) + j] - (slope[i] * mean[j]) - (slope[j] * mean[i]) + (squares * mean[i] * mean[j]));
        }
        for (var i = 0; i < Count; i++)
            slope[i] = scale * ((squares * mean[i]) - slope[i]);
        return scale * squares;
    }
}
