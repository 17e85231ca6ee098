using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Fits one model of exponential smoothing: smoothing parameters and first level and trend by maximum likelihood, the first season by
/// decomposition. Parameters are α, β as a share of α, γ as a share of 1 − α, φ, and the first states in units of the usual change.
/// </summary>
internal static class EtsFit
{
    private const int Passes = 25;
    private const double Tolerance = 1e-5;

    /// <param name="season">The first season of the shape's form, one value a place; empty without one.</param>
    /// <param name="told">Parameters that the season counts for.</param>
    public static EtsModel? Of(ReadOnlySpan<double> y, EtsShape shape, double[] season, double told, int period)
    {
        var n = y.Length;
        var k = shape.Smoothings + 1 + (shape.Trend ? 1 : 0) + told + 1;
        if (n <= k + 1 && shape.Smoothings > 1)
            return null;
        var (level, trend) = Line(y, shape, season);
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in y)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (shape.Error == Form.Multiplicative && (level <= 0 || level + (n * Math.Min(trend, 0)) <= 0))
            (level, trend) = (Math.Max(level, (least + most) / 2), 0);
        var problem = new EtsProblem(shape, y, season, new double[shape.Period], new double[shape.Period * EtsSlopes.Count], level, trend, Change(y));
        Span<double> best = stackalloc double[problem.Count];
        var squares = Least(problem, best);
        if (!double.IsFinite(squares))
            return null;
        var means = new double[n];
        var last = new double[shape.Period];
        problem.Natural(best, out var by, out var first, out var slope);
        var start = new EtsStart(first, slope, season, Math.Max(least * 0.05, 1e-9));
        season.CopyTo(last, 0);
        squares = EtsKernel.Run(shape, y, by, ref first, ref slope, last, means);
        var criterion = (n * Math.Log(Math.Max(squares, 1e-300))) + (2 * k) + (n > k + 1 ? 2 * k * (k + 1) / (n - k - 1) : 1e6);
        return new EtsModel(shape, by, start, first, slope, last, n, EtsModel.SpreadOf(shape, y, means, period, k - 1), k - 1, criterion);
    }

    private static double Least(EtsProblem problem, Span<double> best)
    {
        Span<double> lower = stackalloc double[best.Length];
        Span<double> upper = stackalloc double[best.Length];
        Span<double> fast = stackalloc double[best.Length];
        problem.Bounds(lower, upper);
        var squares = problem.Begin([0.05, 0.2], best) ? LeastSquares.Minimise(problem, best, lower, upper, Tolerance, Passes) : double.PositiveInfinity;
        if (!problem.Begin([0.5, 0.85], fast))
            return squares;
        var other = LeastSquares.Minimise(problem, fast, lower, upper, Tolerance, Passes);
        if (other < squares)
            fast.CopyTo(best);
        return Math.Min(other, squares);
    }

    /// <summary>Level and trend by a line through the first seasons without their season.</summary>
    private static (double Level, double Trend) Line(ReadOnlySpan<double> y, EtsShape shape, double[] season)
    {
        var count = Math.Min(y.Length, Math.Max(10, 2 * shape.Period));
        double sumT = 0, sumY = 0, sumTT = 0, sumTY = 0;
        for (var t = 0; t < count; t++)
        {
            var value = shape.Season switch { Form.Additive => y[t] - season[t % shape.Period], Form.Multiplicative => y[t] / season[t % shape.Period], _ => y[t] };
            sumT += t + 1;
            sumY += value;
            sumTT += (t + 1.0) * (t + 1);
            sumTY += (t + 1) * value;
        }
        var trend = shape.Trend ? ((count * sumTY) - (sumT * sumY)) / ((count * sumTT) - (sumT * sumT)) : 0;
        return ((sumY - (trend * sumT)) / count, trend);
    }

    private static double Change(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var t = 1; t < y.Length; t++)
            sum += Math.Abs(y[t] - y[t - 1]);
        return Math.Max(sum / (y.Length - 1), 1e-8);
    }
}
