namespace EPM.Sales.Metrics;

/// <summary>From when to when the sales of each store are known.</summary>
internal sealed class KnownDays(IReadOnlyDictionary<int, Period> byStore)
{
    /// <summary>Last business date any store has; null before the first sale.</summary>
    public DateOnly? Through { get; } = byStore.Count == 0 ? null : byStore.Values.Max(known => known.To);

    private DateOnly? Since { get; } = byStore.Count == 0 ? null : byStore.Values.Min(known => known.From);

    /// <returns>How many stores have figures up to the last day anyone has.</returns>
    public int Reporting => byStore.Values.Count(known => known.To == Through);

    /// <returns>Whether anything was measured in the period: a day without a sale is zero, a day nobody knows of is not.</returns>
    public bool Meet(Period period) => byStore.Values.Any(known => known.From <= period.To && period.From <= known.To);

    /// <returns>Whether sales are known from the first day compared with.</returns>
    public bool Cover(Comparison comparison) => comparison.Kind == Comparison.Objective || Since <= comparison.Period.From;

    /// <returns>The same of one store: one that opened since is not compared.</returns>
    public bool Cover(Comparison comparison, int storeNo) =>
        comparison.Kind == Comparison.Objective || (byStore.TryGetValue(storeNo, out var known) && known.From <= comparison.Period.From);
}
