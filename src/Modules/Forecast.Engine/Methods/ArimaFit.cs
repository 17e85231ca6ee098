using System.Numerics;
using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>Fits one order by conditional least squares, within the stationary and invertible.</summary>
internal static class ArimaFit
{
    public const int MostTerms = 40;

    private const double Edge = 0.98;
    private const int Passes = 12;

    /// <param name="w">Differenced as the order says.</param>
    /// <returns>Null where there is too little to fit so much to.</returns>
    public static (double[] Partial, double Centre, double Criterion)? Of(ReadOnlySpan<double> w, ArimaOrder order, double[] scratch)
    {
        var k = order.Count + (order.Constant ? 1 : 0) + 1;
        var n = w.Length;
        if (n < k + 4 || n <= 2 * order.Period * Math.Max(order.SeasonalP, order.SeasonalQ) - order.Period)
            return null;
        var centre = 0.0;
        for (var t = 0; order.Constant && t < n; t++)
            centre += w[t] / n;
        var residuals = new ArimaResiduals(order, w, centre, scratch);
        Span<double> at = stackalloc double[order.Count];
        Span<double> lower = stackalloc double[order.Count];
        Span<double> upper = stackalloc double[order.Count];
        at.Fill(0.1);
        lower.Fill(-Edge);
        upper.Fill(Edge);
        var squares = order.Count == 0 ? residuals.At(at, default, default) : LeastSquares.Minimise(residuals, at, lower, upper, 1e-4, Passes);
        if (!double.IsFinite(squares) || squares <= 0)
            return null;
        return (at.ToArray(), centre, (n * Math.Log(squares / n)) + (2 * k) + (2.0 * k * (k + 1) / (n - k - 1)));
    }

    public static ArimaModel At(ReadOnlySpan<double> y, ArimaOrder order, double[] partial, double centre)
    {
        var w = y.ToArray();
        var left = w.Length;
        for (var times = 0; times < order.D + order.SeasonalD; times++)
            left = ArimaKernel.Difference(w.AsSpan(0, left), times < order.D ? 1 : order.Period);
        for (var t = 0; t < left; t++)
            w[t] -= centre;
        var errors = new double[left];
        Fill(w.AsSpan(0, left), order, partial, errors);
        // The first ones stand where nothing was known before.
        var warm = Math.Min(Reach(order) - order.Lost, left / 3);
        var spread = Spread.Of(errors.AsSpan(warm).ToArray(), order.Period, order.Count + (order.Constant ? 1 : 0));
        return new ArimaModel(order, partial, centre, y[^Math.Min(y.Length, Reach(order))..].ToArray(), errors[^Math.Min(left, Moving(order))..], y.Length, order.Lost + warm, spread);
    }

    /// <summary>How far back the recursion looks at observations.</summary>
    public static int Reach(ArimaOrder order) => order.P + (order.SeasonalP * order.Period) + order.Lost;

    public static int AutoTerms(ArimaOrder order, ReadOnlySpan<double> partial, Span<int> lags, Span<double> terms) =>
        Terms(partial[..order.P], partial.Slice(order.P, order.SeasonalP), order.Period, lags, terms);

    /// <summary>θ and Θ, as what is added to a forecast for each error at its lag.</summary>
    public static int MovingTerms(ArimaOrder order, ReadOnlySpan<double> partial, Span<int> lags, Span<double> terms)
    {
        var from = order.P + order.SeasonalP;
        var count = Terms(partial.Slice(from, order.Q), partial.Slice(from + order.Q, order.SeasonalQ), order.Period, lags, terms);
        for (var i = 0; i < count; i++)
            terms[i] = -terms[i];
        return count;
    }

    public static void Fill(ReadOnlySpan<double> w, ArimaOrder order, ReadOnlySpan<double> partial, Span<double> errors)
    {
        Span<int> fromLags = stackalloc int[MostTerms];
        Span<int> ofLags = stackalloc int[MostTerms];
        Span<double> from = stackalloc double[MostTerms];
        Span<double> of = stackalloc double[MostTerms];
        var autos = AutoTerms(order, partial, fromLags, from);
        var movings = MovingTerms(order, partial, ofLags, of);
        ArimaKernel.Errors(w, fromLags[..autos], from[..autos], ofLags[..movings], of[..movings], errors);
    }

    private static int Moving(ArimaOrder order) => order.Q + (order.SeasonalQ * order.Period);

    private static int Terms(ReadOnlySpan<double> plain, ReadOnlySpan<double> seasonal, int period, Span<int> lags, Span<double> terms)
    {
        Span<double> a = stackalloc double[plain.Length];
        Span<double> s = stackalloc double[seasonal.Length];
        ArimaKernel.Stationary(plain, a);
        ArimaKernel.Stationary(seasonal, s);
        return ArimaKernel.Multiply(a, s, period, lags, terms);
    }
}

/// <summary>Squared errors as a function of the partial autocorrelations, their derivatives by small differences.</summary>
/// <param name="scratch">Of (parameters + 2) × observations.</param>
internal readonly ref struct ArimaResiduals(ArimaOrder order, ReadOnlySpan<double> differenced, double centre, double[] scratch) : IResiduals
{
    private const double Step = 1e-5;

    private readonly ReadOnlySpan<double> _w = Centred(differenced, centre, scratch);

    public double At(scoped ReadOnlySpan<double> at, scoped Span<double> gram, scoped Span<double> slope)
    {
        var (n, p) = (_w.Length, at.Length);
        var errors = scratch.AsSpan(n, n);
        ArimaFit.Fill(_w, order, at, errors);
        Span<double> moved = stackalloc double[p];
        for (var i = 0; i < p; i++)
        {
            at.CopyTo(moved);
            var step = at[i] > 0 ? -Step : Step;
            moved[i] += step;
            var column = scratch.AsSpan((2 + i) * n, n);
            ArimaFit.Fill(_w, order, moved, column);
            for (var t = 0; t < n; t++)
                column[t] = (column[t] - errors[t]) / step;
            slope[i] = Dot(column, errors);
            for (var j = 0; j <= i; j++)
                gram[(i * p) + j] = gram[(j * p) + i] = Dot(column, scratch.AsSpan((2 + j) * n, n));
        }
        return Dot(errors, errors);
    }

    private static Span<double> Centred(ReadOnlySpan<double> values, double centre, double[] scratch)
    {
        for (var t = 0; t < values.Length; t++)
            scratch[t] = values[t] - centre;
        return scratch.AsSpan(0, values.Length);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sums, t) = (Vector<double>.Zero, 0);
        for (; t <= a.Length - Vector<double>.Count; t += Vector<double>.Count)
            sums += new Vector<double>(a[t..]) * new Vector<double>(b[t..]);
        var sum = Vector.Sum(sums);
        for (; t < a.Length; t++)
            sum += a[t] * b[t];
        return sum;
    }
}
