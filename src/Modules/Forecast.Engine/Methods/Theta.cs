using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// The Theta method (Assimakopoulos and Nikolopoulos 2000) as state space models (Fiorucci and others 2016): μ = l + (1 − 1/θ)((1 − α)^t A +
/// (1 − (1 − α)^(t+1)) / α · B), l ← αy + (1 − α)l, with the line A + Bt of the whole history or fitted anew with each observation, θ = 2 or
/// optimised; what they say is averaged by how likely they are. On the series without its season where there is one. Cost: some 400 passes
/// of n. History: 5 points, two periods for a season. Zeros are values like others, and make the season add. Gaps are filled before. The
/// distribution is normal, with the variance of the model's equations.
/// </summary>
/// <param name="shapes">Which of the four models to take.</param>
internal sealed class Theta(string name, IReadOnlyList<ThetaShape> shapes) : IMethod
{
    private const int Evaluations = 100;

    private static readonly ThetaShape[] Every = [new(Optimised: false, Dynamic: false), new(Optimised: true, Dynamic: false), new(Optimised: false, Dynamic: true), new(Optimised: true, Dynamic: true)];

    public Theta()
        : this("theta", Every)
    {
    }

    public string Name => name;

    public IFitted? Fit(History history)
    {
        if (history.Length < 5)
            return null;
        var adjusted = Adjusted.Of(history.Span, history.Period);
        var models = new List<(ThetaModel Model, double Criterion)>();
        foreach (var shape in shapes)
        {
            if (Fit(adjusted, shape) is { } found)
                models.Add(found);
        }
        if (models.Count == 0)
            return null;
        var least = models.Min(found => found.Criterion);
        var sum = models.Sum(found => Math.Exp((least - found.Criterion) / 2));
        return new Fitted(adjusted, [.. models.Select(found => (found.Model, Math.Exp((least - found.Criterion) / 2) / sum))]);
    }

    private static (ThetaModel Model, double Criterion)? Fit(Adjusted adjusted, ThetaShape shape)
    {
        ReadOnlySpan<double> y = adjusted.Values;
        var n = y.Length;
        var spread = 0.0;
        for (var t = 1; t < n; t++)
            spread += Math.Abs(y[t] - y[t - 1]) / (n - 1);
        var problem = new Problem(shape, y, ThetaKernel.Start(0, y), spread);
        Span<double> scratch = stackalloc double[NelderMead.ScratchFor(3)];
        Span<double> at = [0.4, 0, 2];
        ReadOnlySpan<double> lower = [0.02, -3, 1], upper = [0.99, 3, 30];
        var free = shape.Optimised ? 3 : 2;
        var squares = NelderMead.Minimise(static (point, state) => state.Cost(point, out _), problem, at[..free], lower[..free], upper[..free], 1e-6, Evaluations, scratch);
        if (!double.IsFinite(squares))
            return null;
        problem.Cost(at[..free], out var last);
        var (k, known) = (free + 1, n - 2);
        var criterion = (known * Math.Log(Math.Max(squares, 1e-300))) + (2 * k) + (known > k + 1 ? 2.0 * k * (k + 1) / (known - k - 1) : 1e6);
        return (new ThetaModel(shape, at[0], free > 2 ? at[2] : 2, y[0] + (at[1] * spread), last, Spread.None, 0, free + adjusted.Told).Over(adjusted), criterion);
    }

    private readonly ref struct Problem(ThetaShape shape, ReadOnlySpan<double> y, ThetaKernel.State line, double spread)
    {
        private readonly ReadOnlySpan<double> _y = y;

        public double Cost(ReadOnlySpan<double> at, out ThetaKernel.State last)
        {
            last = shape.Dynamic ? ThetaKernel.Start(_y[0]) : line;
            last.Level = _y[0] + (at[1] * spread);
            return ThetaKernel.Run(_y, at[0], shape.Optimised ? at[2] : 2, ref last, default);
        }
    }

    private sealed record Fitted(Adjusted Adjusted, (ThetaModel Model, double Weight)[] Models) : IFitted
    {
        public string Model => Adjusted.Season.Length > 0 ? "Theta, seasonal" : "Theta";

        public IFitted Over(History history)
        {
            var adjusted = Adjusted.Over(history.Span);
            return new Fitted(adjusted, [.. Models.Select(one => (one.Model.Over(adjusted), one.Weight))]);
        }

        public Prediction Forecast(int horizon)
        {
            var prediction = Prediction.Empty(horizon);
            foreach (var (model, weight) in Models)
                model.Forecast(prediction, weight);
            Adjusted.Restore(prediction);
            return prediction;
        }
    }
}

/// <param name="Optimised">Whether θ is; 2 otherwise.</param>
/// <param name="Dynamic">Whether the line is fitted anew with each observation.</param>
internal readonly record struct ThetaShape(bool Optimised, bool Dynamic);

/// <summary>One theta model with its parameters and last states.</summary>
internal sealed record ThetaModel(ThetaShape Shape, double Alpha, double Angle, double First, ThetaKernel.State Last, Spread Spread, int Length, double Free)
{
    public ThetaModel Over(Adjusted adjusted)
    {
        ReadOnlySpan<double> y = adjusted.Values;
        var state = Shape.Dynamic ? ThetaKernel.Start(First) : ThetaKernel.Start(First, y);
        var errors = new double[y.Length];
        ThetaKernel.Run(y, Alpha, Angle, ref state, errors);
        return this with { Last = state, Length = y.Length, Spread = Spread.Of(errors, adjusted.Period, Free) };
    }

    /// <summary>Adds this model's distribution to a prediction, by a weight.</summary>
    public void Forecast(Prediction prediction, double weight)
    {
        var (means, squares, fourths) = (new double[prediction.Horizon], new double[prediction.Horizon], new double[prediction.Horizon]);
        ThetaKernel.Means(Last, Alpha, Angle, means);
        ThetaKernel.Weights(Last, Alpha, Angle, means, squares, fourths);
        for (var step = 0; step < means.Length; step++)
            Spread.Add(prediction, step, Length + step, weight, means[step], squares[step], fourths[step]);
    }
}
