using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// Two seasons of days, as MSTL has them (Bandara, Hyndman and Bergmeir 2021): y = f(day of the year) × rest. The year is a factor of few waves
/// on the logarithm of weekly sums, each as far as years agree on it; the rest, with its week, is another method's. Cost: O(n) and that
/// method's. History: two years of days with sales in every week. Closed days stay 0. Gaps are filled before. The distribution is the rest's,
/// times the factor.
/// </summary>
internal sealed class Yearly(IMethod rest) : IMethod
{
    private const int Week = 7;
    private const int Waves = 4;
    private const double Year = 365.25;

    public Yearly()
        : this(new Ets())
    {
    }

    public string Name => "yearly";

    public IFitted? Fit(History history)
    {
        var y = history.Span;
        var weeks = y.Length / Week;
        if (history.Period != Week || y.Length < 2 * Year)
            return null;
        // Weeks are counted back from the end: the days before the first whole one are left out here.
        var (logs, early) = (new double[weeks], y.Length - (weeks * Week));
        for (var week = 0; week < weeks; week++)
        {
            var sum = 0.0;
            for (var day = 0; day < Week; day++)
                sum += y[early + (week * Week) + day];
            if (sum <= 0)
                return null;
            logs[week] = Math.Log(sum);
        }
        var waves = new double[2 * Waves];
        if (!Harmonics.Fit(logs, Year / Week, waves))
            return null;
        // The middle of the first week stands three days behind its beginning.
        var shape = new Shape(waves, early + ((Week - 1) / 2.0));
        return rest.Fit(Without(history, shape)) is { } inner ? new Fitted(inner, shape, y.Length) : null;
    }

    private static History Without(History history, Shape shape)
    {
        var values = history.Span.ToArray();
        for (var t = 0; t < values.Length; t++)
            values[t] /= shape.At(t);
        return history with { Values = values };
    }

    /// <param name="Origin">The day that the waves are counted from.</param>
    private sealed record Shape(double[] Waves, double Origin)
    {
        public double At(int day) => Math.Exp(Harmonics.At(Waves, Year / Week, (day - Origin) / Week));
    }

    private sealed record Fitted(IFitted Rest, Shape Shape, int Length) : IFitted
    {
        public string Model => $"{Rest.Model}, yearly";

        public IFitted? Over(History history) => Rest.Over(Without(history, Shape)) is { } inner ? new Fitted(inner, Shape, history.Length) : null;

        public Prediction Forecast(int horizon)
        {
            var prediction = Rest.Forecast(horizon);
            for (var step = 0; step < horizon; step++)
            {
                var factor = Shape.At(Length + step);
                prediction.Mean[step] *= factor;
                for (var level = 0; level < Prediction.Levels.Count; level++)
                    prediction[step, level] *= factor;
            }
            return prediction;
        }
    }
}
