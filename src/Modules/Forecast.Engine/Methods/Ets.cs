using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Exponential smoothing in state space form, the model chosen by AICc (Hyndman, Koehler, Snyder and Grose 2002; Hyndman and others 2008).
/// Trend none, additive or damped; season none, additive or multiplicative; additive errors with multiplicative season are left out as unstable.
/// Cost: about 15 models × 200 passes of n. History: 4 points, three periods for a season. Zeros and below: additive models only.
/// Gaps are filled before. The distribution is drawn: errors as the model's, paths as its equations.
/// </summary>
internal sealed class Ets : IMethod
{
    private const int LongestSeason = 400;

    public string Name => "ets";

    public IFitted? Fit(History history)
    {
        if (history.Length < 4)
            return null;
        Fitted? best = null;
        foreach (var shape in Shapes(history))
        {
            if (history.Length <= shape.Parameters + 1 && shape.Smoothings > 1)
                continue;
            var fitted = Fit(history.Span, shape);
            if (fitted is not null && (best is null || fitted.Criterion < best.Criterion))
                best = fitted;
        }
        return best;
    }

    private static IEnumerable<EtsShape> Shapes(History history)
    {
        var positive = true;
        foreach (var value in history.Span)
            positive &= value > 0;
        var seasonal = history.Period is > 1 and <= LongestSeason && history.Length >= 3 * history.Period;
        Form[] errors = positive ? [Form.Additive, Form.Multiplicative] : [Form.Additive];
        Form[] seasons = !seasonal ? [Form.None] : positive ? [Form.None, Form.Additive, Form.Multiplicative] : [Form.None, Form.Additive];
        foreach (var season in seasons)
        {
            foreach (var error in errors)
            {
                if (season == Form.Multiplicative && error == Form.Additive)
                    continue;
                var period = season == Form.None ? 1 : history.Period;
                yield return new EtsShape(error, Trend: false, Damped: false, season, period);
                yield return new EtsShape(error, Trend: true, Damped: false, season, period);
                yield return new EtsShape(error, Trend: true, Damped: true, season, period);
            }
        }
    }

    private static Fitted? Fit(ReadOnlySpan<double> y, EtsShape shape)
    {
        var first = new double[shape.Period];
        if (!Start(y, shape, first, out var level, out var trend))
            return null;
        // α, β as a share of α, γ as a share of 1 − α, φ, then the first level and trend in units of the spread.
        var spread = Spread(y);
        Span<double> at = stackalloc double[6];
        Span<double> lower = stackalloc double[6];
        Span<double> upper = stackalloc double[6];
        var count = 0;
        Add(at, lower, upper, ref count, 0.3, 1e-4, 0.9999);
        if (shape.Trend)
            Add(at, lower, upper, ref count, 0.1, 1e-4, 0.9999);
        if (shape.Season != Form.None)
            Add(at, lower, upper, ref count, 0.1, 1e-4, 0.9999);
        if (shape.Damped)
            Add(at, lower, upper, ref count, 0.95, 0.8, 0.98);
        Add(at, lower, upper, ref count, 0, -3, 3);
        if (shape.Trend)
            Add(at, lower, upper, ref count, 0, -1, 1);
        var season = new double[shape.Period];
        var state = new Problem(shape, y, first, season, level, trend, spread);
        Span<double> scratch = stackalloc double[NelderMead.ScratchFor(6)];
        var cost = NelderMead.Minimise(static (point, problem) => problem.Cost(point, default, out _, out _, out _), state, at[..count], lower[..count], upper[..count], 1e-6, 60 * count, scratch);
        if (!double.IsFinite(cost))
            return null;
        var errors = new double[y.Length];
        state.Cost(at[..count], errors, out var smoothing, out var lastLevel, out var lastTrend);
        var k = shape.Parameters;
        var n = y.Length;
        var criterion = cost + (2 * k) + (n > k + 1 ? 2.0 * k * (k + 1) / (n - k - 1) : 1e6);
        var squares = 0.0;
        foreach (var error in errors)
            squares += error * error;
        var sigma = Math.Sqrt(squares / Math.Max(1, n - shape.Smoothings - 1));
        return new Fitted(shape, smoothing, lastLevel, lastTrend, season, n % shape.Period, sigma, criterion);
    }

    private static void Add(Span<double> at, Span<double> lower, Span<double> upper, ref int count, double start, double least, double most)
    {
        (at[count], lower[count], upper[count]) = (start, least, most);
        count++;
    }

    // The season by classical decomposition, level and trend by a line through the first seasons without it.
    private static bool Start(ReadOnlySpan<double> y, EtsShape shape, double[] season, out double level, out double trend)
    {
        (level, trend) = (0, 0);
        if (shape.Season != Form.None && !Seasonality.Indices(y, shape.Period, shape.Season == Form.Multiplicative, season, new double[y.Length]))
            return false;
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
        trend = shape.Trend ? ((count * sumTY) - (sumT * sumY)) / ((count * sumTT) - (sumT * sumT)) : 0;
        level = (sumY - (trend * sumT)) / count;
        if (shape.Error == Form.Multiplicative && level <= 0)
            (level, trend) = (sumY / count, 0);
        return true;
    }

    private static double Spread(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var t = 1; t < y.Length; t++)
            sum += Math.Abs(y[t] - y[t - 1]);
        return Math.Max(sum / (y.Length - 1), 1e-8);
    }

    private readonly ref struct Problem(EtsShape shape, ReadOnlySpan<double> y, double[] first, double[] season, double level, double trend, double spread)
    {
        private readonly ReadOnlySpan<double> _y = y;

        public double Cost(ReadOnlySpan<double> at, Span<double> errors, out Smoothing smoothing, out double lastLevel, out double lastTrend)
        {
            var i = 0;
            var alpha = at[i++];
            var beta = shape.Trend ? at[i++] * alpha : 0;
            var gamma = shape.Season != Form.None ? at[i++] * (1 - alpha) : 0;
            var phi = shape.Damped ? at[i++] : 1;
            smoothing = new Smoothing(alpha, beta, gamma, phi);
            lastLevel = level + (at[i++] * spread);
            lastTrend = shape.Trend ? trend + (at[i] * spread * 0.2) : 0;
            first.CopyTo(season, 0);
            return EtsKernel.Run(shape, _y, alpha, beta, gamma, phi, ref lastLevel, ref lastTrend, season, errors);
        }
    }

    internal readonly record struct Smoothing(double Alpha, double Beta, double Gamma, double Phi);

    internal sealed record Fitted(EtsShape Shape, Smoothing Smoothing, double Level, double Trend, double[] Season, int Place, double Sigma, double Criterion) : IFitted
    {
        public string Model => Shape.ToString();

        public IFitted? Over(History history) => Ets.Fit(history.Span, Shape);

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            var samples = new double[horizon * Draws.Count];
            var (draws, path, season) = (new double[horizon], new double[horizon], new double[Season.Length]);
            for (var number = 0; number < Draws.Count; number++)
            {
                Draws.Fill(draws, number, 1);
                for (var step = 0; step < horizon; step++)
                    draws[step] *= Sigma;
                Season.CopyTo(season, 0);
                EtsKernel.Continue(Shape, Smoothing.Alpha, Smoothing.Beta, Smoothing.Gamma, Smoothing.Phi, Level, Trend, season, Place, draws, path);
                for (var step = 0; step < horizon; step++)
                    samples[(step * Draws.Count) + number] = path[step];
            }
            for (var step = 0; step < horizon; step++)
                Quantiles.Fill(prediction, step, samples.AsSpan(step * Draws.Count, Draws.Count));
            return prediction;
        }
    }
}
