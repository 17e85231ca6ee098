using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>What every method says of a series now, and said at earlier origins, learnt from no more than was known before the first of them.</summary>
/// <param name="Backs">Steps from each origin to the end; the farthest first.</param>
/// <param name="Said">By origin and method; null where a method had nothing to say.</param>
/// <param name="Losses">Of each method over all origins, in units of <paramref name="Scale"/>; NaN where there is none.</param>
internal sealed record Tryout(
    History History, int Horizon, IReadOnlyList<int> Backs, IFitted?[] Fitted, Prediction?[] Now, Prediction?[][] Said, double[] Losses, double Scale)
{
    // From here on what was learnt before the first origin is near enough to what would be learnt now.
    private const int LongEnough = 400;

    public static Tryout Of(History history, int horizon, IReadOnlyList<IMethod> methods)
    {
        var backs = Backtest.Origins(history.Length, history.Period, horizon).OrderDescending().ToArray();
        var scale = Backtest.Scale(history.Span, history.Period);
        var (fitted, now) = (new IFitted?[methods.Count], new Prediction?[methods.Count]);
        var said = backs.Select(_ => new Prediction?[methods.Count]).ToArray();
        var losses = new double[methods.Count];
        for (var m = 0; m < methods.Count; m++)
        {
            var early = backs.Length == 0 ? null : methods[m].Fit(history.Before(backs[0]));
            fitted[m] = early is not null && history.Length > LongEnough ? early.Over(history) : methods[m].Fit(history);
            now[m] = Combination.Sane(fitted[m]?.Forecast(horizon), history);
            var (loss, count) = (0.0, 0);
            for (var i = 0; i < backs.Length && now[m] is not null && early is not null; i++)
            {
                var then = history.Before(backs[i]);
                said[i][m] = Combination.Sane((i == 0 ? early : early.Over(then))?.Forecast(Math.Min(backs[i], horizon)), then);
                if (said[i][m] is not { } one)
                    continue;
                loss += Backtest.Loss(one, history.Span.Slice(then.Length, one.Horizon), scale);
                count++;
            }
            losses[m] = count == 0 ? double.NaN : loss / count;
        }
        return new Tryout(history, horizon, backs, fitted, now, said, losses, scale);
    }

    public ReadOnlySpan<double> Came(int origin) => History.Span.Slice(History.Length - Backs[origin], Math.Min(Backs[origin], Horizon));

    /// <summary>A method's loss in units of the least of all.</summary>
    public double Relative(int method) => (Losses[method] + 1e-6) / (Losses.Where(double.IsFinite).Min() + 1e-6);
}
