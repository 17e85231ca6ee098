namespace EPM.Forecast.Engine.Selection;

/// <summary>
/// How much each method counts before anything is seen, by kind of demand: what smooths and what follows a trend for what is sold steadily,
/// counts and quantiles of what was for what is sold now and then (Syntetos, Boylan and Croston 2005; Kolassa 2016).
/// </summary>
internal static class Beliefs
{
    private const double Ordinary = 1;

    private static readonly Dictionary<string, (double Steady, double Scattered)> Known = new(StringComparer.Ordinal)
    {
        ["counts"] = (0.2, 4),
        ["recent"] = (0.3, 1),
        ["usual"] = (0.2, 1),
        ["seasonal"] = (0.2, 0.5),
        ["ets"] = (1, 0.2),
        ["theta"] = (1, 0.2),
        ["regression"] = (1, 0.5),
        ["snaive"] = (0.2, 0.1),
        ["drift"] = (0.3, 0.1),
    };

    /// <returns>One weight a method, summing to 1.</returns>
    public static double[] Of(DemandKind kind, IReadOnlyList<string> methods)
    {
        var scattered = kind is DemandKind.Intermittent or DemandKind.Lumpy;
        var weights = methods.Select(method => !Known.TryGetValue(method, out var belief) ? Ordinary : scattered ? belief.Scattered : belief.Steady).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
