using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>One model of exponential smoothing with its parameters, first states and last states.</summary>
/// <param name="Season">As it stands after <paramref name="Length"/> steps, the place of the first one at 0.</param>
/// <param name="Spread">Of the errors: in the unit of the history where errors add, relative where they multiply.</param>
/// <param name="Free">Parameters that were fitted.</param>
/// <param name="Criterion">AICc, up to a constant that is the same for all models of a history.</param>
internal sealed record EtsModel(
    EtsShape Shape, Smoothing By, EtsStart Start, double Level, double Trend, double[] Season, int Length, Spread Spread, double Free, double Criterion)
{
    /// <summary>The same parameters from the same first states over another length of the history.</summary>
    public EtsModel? Over(ReadOnlySpan<double> y)
    {
        var (level, trend, season) = (Start.Level, Start.Trend, (double[])Start.Season.Clone());
        var means = new double[y.Length];
        if (!double.IsFinite(EtsKernel.Run(Shape, y, By, ref level, ref trend, season, means)))
            return null;
        return this with { Level = level, Trend = trend, Season = season, Length = y.Length, Spread = SpreadOf(Shape, y, means, Spread.Places.Length, Free) };
    }

    /// <param name="means">The one step forecasts; changed.</param>
    public static Spread SpreadOf(EtsShape shape, ReadOnlySpan<double> y, Span<double> means, int period, double free)
    {
        for (var t = 0; t < y.Length; t++)
            means[t] = (y[t] - means[t]) / (shape.Error == Form.Multiplicative ? means[t] : 1);
        return Spread.Of(means, period, free);
    }

    /// <summary>Adds this model's distribution to a prediction, by a weight.</summary>
    public void Forecast(Prediction prediction, double weight)
    {
        var horizon = prediction.Horizon;
        var means = new double[horizon];
        EtsKernel.Means(Shape, By.Phi, Level, Trend, Season, Length % Shape.Period, means);
        if (Shape.Error == Form.Additive)
            Add(prediction, weight, means);
        else
            Follow(prediction, weight, means);
    }

    private void Add(Prediction prediction, double weight, double[] means)
    {
        var (squares, fourths) = (new double[means.Length], new double[means.Length]);
        EtsPaths.Weights(Shape, By, squares, fourths);
        for (var step = 0; step < means.Length; step++)
            Spread.Add(prediction, step, Length + step, weight, means[step], squares[step], fourths[step]);
    }

    private void Follow(Prediction prediction, double weight, double[] means)
    {
        var horizon = prediction.Horizon;
        var (samples, draws, paths) = (new double[horizon * Draws.Count], new double[horizon * EtsPaths.Lanes], new double[horizon * EtsPaths.Lanes]);
        var season = new double[Season.Length * EtsPaths.Lanes];
        var (one, table) = (new double[horizon], Spread.Table());
        for (var number = 0; number < Draws.Count; number += EtsPaths.Lanes)
        {
            for (var lane = 0; lane < EtsPaths.Lanes; lane++)
            {
                Draws.Fill(one, table, number + lane, 1);
                for (var step = 0; step < horizon; step++)
                    draws[(step * EtsPaths.Lanes) + lane] = Math.Max(Spread.At(Length + step) * one[step], -0.98);
                for (var place = 0; place < Season.Length; place++)
                    season[(place * EtsPaths.Lanes) + lane] = Season[place];
            }
            EtsPaths.Continue(Shape, By, Level, Trend, season, Length % Shape.Period, Start.Least, draws, paths);
            for (var step = 0; step < horizon; step++)
                paths.AsSpan(step * EtsPaths.Lanes, EtsPaths.Lanes).CopyTo(samples.AsSpan((step * Draws.Count) + number));
        }
        for (var step = 0; step < horizon; step++)
        {
            var sorted = samples.AsSpan(step * Draws.Count, Draws.Count);
            sorted.Sort();
            prediction.Mean[step] += weight * means[step];
            for (var level = 0; level < Prediction.Levels.Count; level++)
                prediction[step, level] += weight * Quantiles.Of(sorted, Prediction.Levels[level]);
        }
    }
}

/// <summary>The states before the first observation.</summary>
/// <param name="Season">One value a place, the first observation's at 0.</param>
/// <param name="Least">Where forecasts of a positive series stop falling.</param>
internal sealed record EtsStart(double Level, double Trend, double[] Season, double Least);
