using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022), between a level and a trend without choosing one: y = l + e; l ← l −
/// (1 − α₁)c + (α₀ − α₁)e; c ← l + (1 − α₀)c + (α₀ + α₁)e. On the series without its season where there is one. Cost: some 250 passes of n.
/// History: 8 points, two periods for a season. Zeros are values like others, and make the season add. Gaps are filled before. The
/// distribution is normal, with the variance of the model's equations.
/// </summary>
internal sealed class Ces : IMethod
{
    private const int Evaluations = 250;
    private const int Free = 4;

    public string Name => "ces";

    public IFitted? Fit(History history)
    {
        if (history.Length < 8)
            return null;
        var adjusted = Adjusted.Of(history.Span, history.Period);
        ReadOnlySpan<double> y = adjusted.Values;
        var (mean, spread) = (0.0, 1e-8);
        var early = Math.Min(y.Length, 10);
        for (var t = 0; t < early; t++)
            mean += y[t] / early;
        for (var t = 1; t < y.Length; t++)
            spread += Math.Abs(y[t] - y[t - 1]) / (y.Length - 1);
        // α₁ = 1 and α₀ = 1.3 is simple smoothing by 0.3: the hidden part plays no role there.
        Span<double> at = [1.3, 1, 0, 0];
        Span<double> scratch = stackalloc double[NelderMead.ScratchFor(Free)];
        var problem = new Problem(y, mean, spread);
        var squares = NelderMead.Minimise(static (point, state) => state.Cost(point), problem, at, [0.01, 0.5, -5, -20], [1.99, 1.5, 5, 20], 1e-7, Evaluations, scratch);
        if (!double.IsFinite(squares))
            return null;
        return Fitted.Of(adjusted, at[0], at[1], mean + (at[2] * spread), mean + (at[3] * spread));
    }

    private readonly ref struct Problem(ReadOnlySpan<double> y, double mean, double spread)
    {
        private readonly ReadOnlySpan<double> _y = y;

        public double Cost(ReadOnlySpan<double> at)
        {
            if (!CesKernel.Forgets(at[0], at[1]))
                return double.PositiveInfinity;
            var (level, hidden) = (mean + (at[2] * spread), mean + (at[3] * spread));
            return CesKernel.Run(_y, at[0], at[1], ref level, ref hidden, default);
        }
    }

    /// <param name="First">Level and hidden part before the first observation.</param>
    private sealed record Fitted(Adjusted Adjusted, double Real, double Imaginary, (double Level, double Hidden) First, (double Level, double Hidden) Last, Spread Spread) : IFitted
    {
        public string Model => Adjusted.Season.Length > 0 ? "Complex smoothing, seasonal" : "Complex smoothing";

        public static Fitted Of(Adjusted adjusted, double real, double imaginary, double level, double hidden)
        {
            var (l, c, errors) = (level, hidden, new double[adjusted.Values.Length]);
            CesKernel.Run(adjusted.Values, real, imaginary, ref l, ref c, errors);
            return new Fitted(adjusted, real, imaginary, (level, hidden), (l, c), Spread.Of(errors, adjusted.Period, Free + adjusted.Told));
        }

        public IFitted Over(History history) => Of(Adjusted.Over(history.Span), Real, Imaginary, First.Level, First.Hidden);

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            var (means, after) = (new double[horizon], new double[horizon]);
            CesKernel.Means(Real, Imaginary, Last.Level, Last.Hidden, means);
            CesKernel.Means(Real, Imaginary, Real - Imaginary, Real + Imaginary, after);
            var (squares, fourths) = (1.0, 1.0);
            for (var step = 0; step < horizon; step++)
            {
                Spread.Add(prediction, step, Adjusted.Values.Length + step, 1, means[step], squares, fourths);
                squares += after[step] * after[step];
                fourths += after[step] * after[step] * after[step] * after[step];
            }
            Adjusted.Restore(prediction);
            return prediction;
        }
    }
}
