using EPM.Forecast.Engine.Events;
using EPM.Forecast.Engine.Learning;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine;

/// <summary>Every method the selection may choose from, by name.</summary>
internal static class Catalogue
{
    /// <summary>Those that learn from one series: none knows of events by itself, all heed them.</summary>
    public static IReadOnlyList<IMethod> All { get; } = [.. ((IMethod[])
    [
        new Ets(), new Theta(), new Arima(), new Ces(), new Yearly(), new Counts(),
        new Empirical("recent", 12, 1), new Empirical("usual", 30, 0.25), new Empirical("seasonal", 150, 0.02),
    ]).Select(method => new HeedingEvents(method))];

    /// <summary>Those that learn from all series together.</summary>
    public static IReadOnlyList<IFleetMethod> Fleet { get; } = [new PooledRegression(), new FleetTrees()];
}
