using EPM.Forecast.Engine.Learning;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine;

/// <summary>Every method the selection may choose from, by name.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IMethod> All { get; } =
        [new Ets(), new Theta(), new Counts(), Naive.Seasonal(), Naive.Drift(), new Empirical("recent", 12, 1), new Empirical("usual", 30, 0.25), new Empirical("seasonal", 150, 0.02)];

    /// <summary>Those that learn from all series together.</summary>
    public static IReadOnlyList<IFleetMethod> Fleet { get; } = [new PooledRegression(), new FleetTrees()];
}
