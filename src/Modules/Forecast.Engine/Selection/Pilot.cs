using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>Of many series some are tried with every method, the others with those that counted for their kind of demand.</summary>
internal static class Pilot
{
    private const int Most = 120;
    private const int FewestOfKind = 15;
    private const double Counts = 0.06;

    /// <returns>The places of the series to begin with: all of a small fleet, else some from everywhere in it.</returns>
    public static int[] Of(int fleet) => [.. Enumerable.Range(0, Math.Min(fleet, Most)).Select(i => fleet <= Most ? i : (int)((long)i * fleet / Most))];

    /// <returns>By kind of demand the methods that counted; a kind that was seen too seldom is not there.</returns>
    public static Dictionary<DemandKind, IMethod?[]> Kept(IReadOnlyList<Tryout> tried, IReadOnlyList<IMethod?> methods, IReadOnlyList<string> names)
    {
        var weights = Weights.Of(tried, names);
        return tried.Select((one, i) => (one.Kind, Weights: weights[i])).Where(one => one.Weights.Sum() > 0).GroupBy(one => one.Kind)
            .Where(kind => kind.Count() >= FewestOfKind)
            .ToDictionary(kind => kind.Key, kind => methods.Select((method, m) => kind.Average(one => one.Weights[m]) >= Counts ? method : null).ToArray());
    }
}
