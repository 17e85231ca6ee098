using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Theta (Assimakopoulos and Nikolopoulos 2000) in its dynamic optimised form (Fiorucci and others 2016), on the series without its season
/// where there is one: multiplied where all is positive, added otherwise. Cost: some 150 passes of n. History: 5 points. The distribution is
/// drawn from the model's equations.
/// </summary>
internal sealed class Theta : IMethod
{
    public string Name => "theta";

    public IFitted? Fit(History history)
    {
        var y = history.Span;
        if (y.Length < 5)
            return null;
        var positive = true;
        foreach (var value in y)
            positive &= value > 0;
        double[] season = [];
        var rest = y.ToArray();
        if (Seasonality.IsPresent(y, history.Period))
        {
            var indices = new double[history.Period];
            if (Seasonality.Indices(y, history.Period, positive, indices, new double[y.Length]))
            {
                season = indices;
                for (var t = 0; t < rest.Length; t++)
                    rest[t] = positive ? rest[t] / indices[t % history.Period] : rest[t] - indices[t % history.Period];
            }
        }
        var spread = 0.0;
        for (var t = 1; t < rest.Length; t++)
            spread += Math.Abs(rest[t] - rest[t - 1]) / (rest.Length - 1);
        Span<double> at = [0.4, 2, 0];
        Span<double> scratch = stackalloc double[NelderMead.ScratchFor(3)];
        var state = new Problem(rest, spread);
        var squares = NelderMead.Minimise(static (point, problem) => problem.Cost(point, out _), state, at, [0.02, 1, -3], [0.99, 30, 3], 1e-6, 150, scratch);
        if (!double.IsFinite(squares))
            return null;
        state.Cost(at, out var last);
        return new Fitted(at[0], at[1], last, season, positive, y.Length, Math.Sqrt(squares / Math.Max(1, y.Length - 5)));
    }

    private readonly ref struct Problem(ReadOnlySpan<double> y, double spread)
    {
        private readonly ReadOnlySpan<double> _y = y;

        public double Cost(ReadOnlySpan<double> at, out ThetaKernel.State last)
        {
            last = ThetaKernel.Start(_y[0] + (at[2] * spread));
            return ThetaKernel.Run(_y, at[0], at[1], ref last);
        }
    }

    private sealed record Fitted(double Alpha, double Angle, ThetaKernel.State Last, double[] Season, bool Multiplied, int Length, double Sigma) : IFitted
    {
        public string Model => Season.Length > 0 ? "Theta, seasonal" : "Theta";

        public IFitted? Over(History history) => new Theta().Fit(history);

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            var samples = new double[horizon * Draws.Count];
            var draws = new double[horizon];
            for (var number = 0; number < Draws.Count; number++)
            {
                Draws.Fill(draws, number, 2);
                var state = Last;
                for (var step = 0; step < horizon; step++)
                {
                    var value = ThetaKernel.Next(state, Alpha, Angle) + (draws[step] * Sigma);
                    ThetaKernel.Observe(ref state, Alpha, value);
                    if (Season.Length > 0)
                        value = Multiplied ? value * Season[(Length + step) % Season.Length] : value + Season[(Length + step) % Season.Length];
                    samples[(step * Draws.Count) + number] = value;
                }
            }
            for (var step = 0; step < horizon; step++)
                Quantiles.Fill(prediction, step, samples.AsSpan(step * Draws.Count, Draws.Count));
            return prediction;
        }
    }
}
