using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>What every method says of a series now, and said at earlier origins, learnt from no more than was known before the first of them.</summary>
/// <param name="Backs">Steps from each origin to the end; the farthest first.</param>
/// <param name="Said">By origin and method; null where a method had nothing to say.</param>
/// <param name="Scale">What the series changes by, the unit of its losses.</param>
internal sealed record Tryout(
    History History, int Horizon, IReadOnlyList<int> Backs, IFitted?[] Fitted, Prediction?[] Now, Prediction?[][] Said, double Scale)
{
    // From here on what was learnt before the first origin is near enough to what would be learnt now.
    private const int LongEnough = 400;

    public DemandKind Kind { get; } = DemandKinds.Of(History.Span);

    /// <param name="backs">Origins, the farthest first.</param>
    /// <param name="early">What fleet methods learnt before the first origin, and <paramref name="late"/> of all that is known.</param>
    public static Tryout Of(History history, int horizon, IReadOnlyList<int> backs, IReadOnlyList<IMethod?> methods, IReadOnlyList<IFitted?> early, IReadOnlyList<IFitted?> late)
    {
        var count = methods.Count + late.Count;
        var (fitted, now) = (new IFitted?[count], new Prediction?[count]);
        var said = backs.Select(_ => new Prediction?[count]).ToArray();
        for (var m = 0; m < count; m++)
        {
            var own = m < methods.Count;
            var first = !own ? early[m - methods.Count] : backs.Count == 0 ? null : methods[m]?.Fit(history.Before(backs[0]));
            fitted[m] = !own ? late[m - methods.Count] : first is not null && history.Length > LongEnough ? first.Over(history) : methods[m]?.Fit(history);
            now[m] = Combination.Counted(Combination.Sane(fitted[m]?.Forecast(horizon), history), history);
            for (var i = 0; i < backs.Count && now[m] is not null && first is not null; i++)
            {
                var then = history.Before(backs[i]);
                said[i][m] = Combination.Counted(Combination.Sane((i == 0 ? first : first.Over(then))?.Forecast(Math.Min(backs[i], horizon)), then), history);
            }
        }
        return new Tryout(history, horizon, backs, fitted, now, said, Backtest.Scale(history.Span, history.Period));
    }

    public ReadOnlySpan<double> Came(int origin) => History.Span.Slice(History.Length - Backs[origin], Math.Min(Backs[origin], Horizon));
}
