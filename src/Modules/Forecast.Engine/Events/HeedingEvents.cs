using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Events;

/// <summary>
/// A method that knows nothing of events, made to heed them: it sees the history without what events moved it by, and what they will move is
/// put on its forecast. Feasts come once a year, so backtests of the last months seldom hold one and cannot tell which methods miss it.
/// </summary>
internal sealed class HeedingEvents(IMethod method) : IMethod
{
    public string Name => method.Name;

    public IFitted? Fit(History history)
    {
        if (!history.Known.Any(column => column.Effect == Effect.Event))
            return method.Fit(history);
        var lift = history.Lifts.Of(history);
        return method.Fit(Without(history, lift)) is { } fitted ? new Fitted(fitted, lift, history.Length) : null;
    }

    private static History Without(History history, double[]? lift)
    {
        if (lift is null)
            return history;
        var (values, whole) = (history.Values.ToArray(), true);
        foreach (var value in values)
            whole &= value == Math.Floor(value);
        for (var t = 0; t < values.Length; t++)
        {
            // What is sold by the piece stays pieces: methods for counts read nothing else.
            if (lift[t] != 1)
                values[t] = whole ? Math.Round(values[t] / lift[t]) : values[t] / lift[t];
        }
        return history with { Values = values };
    }

    private sealed record Fitted(IFitted Inner, double[]? Lift, int Length) : IExplained
    {
        public string Model => Inner.Model;

        public Prediction Forecast(int horizon)
        {
            var prediction = Inner.Forecast(horizon);
            for (var step = 0; Lift is not null && step < horizon; step++)
            {
                var factor = Lift[Length + step];
                prediction.Mean[step] *= factor;
                for (var level = 0; level < Prediction.Levels.Count; level++)
                    prediction[step, level] *= factor;
            }
            return prediction;
        }

        // What the feasts since then did is learnt: a year's only example must not wait for the next choice of models.
        public IFitted? Over(History history)
        {
            var lift = history.Lifts.Of(history);
            return Inner.Over(Without(history, lift)) is { } over ? new Fitted(over, lift, history.Length) : null;
        }

        public double[] MeanWithout(int horizon, IReadOnlySet<Effect> effects) => (effects.Contains(Effect.Event) ? Inner : this).Forecast(horizon).Mean;
    }
}
