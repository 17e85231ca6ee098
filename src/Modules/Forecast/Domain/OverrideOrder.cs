namespace EPM.Forecast.Domain;

/// <summary>How coarse an override is. Coarser ones are applied first, so that whoever knows one store has the last word on it.</summary>
internal enum OverrideBreadth
{
    Group,
    Category,
    Region,
    CategoryInRegion,
    Store,
    CategoryInStore,
    Product,
    ProductInRegion,
    ProductInStore,
}

/// <summary>An override as one cell feels it.</summary>
/// <param name="Depth">How deep its category lies in the tree of categories; 0 where it has none.</param>
/// <param name="Shares">What it adds or sets by day, the first for <paramref name="From"/>; null when every day is for itself.</param>
internal sealed record FeltOverride(Guid Id, OverrideBreadth Breadth, int Depth, DateTimeOffset Since, DateOnly From, DateOnly To, Formula Formula, IReadOnlyList<long>? Shares)
{
    /// <summary>From coarse to fine, a category above before one below it, then by age, then by identity: the same on every host.</summary>
    public static IEnumerable<FeltOverride> InOrder(IEnumerable<FeltOverride> overrides) => InOrder(overrides, felt => felt);

    public static IEnumerable<T> InOrder<T>(IEnumerable<T> overrides, Func<T, FeltOverride> felt) =>
        overrides.Select(one => (One: one, Felt: felt(one))).OrderBy(pair => pair.Felt.Breadth).ThenBy(pair => pair.Felt.Depth).ThenBy(pair => pair.Felt.Since).ThenBy(pair => pair.Felt.Id)
            .Select(pair => pair.One);

    public long Apply(DateOnly day, long current) =>
        OverrideShares.Apply(Formula, current, Shares is null ? 0 : Shares[day.DayNumber - From.DayNumber]);
}

/// <summary>The means of one cell with its overrides on them.</summary>
internal static class OverriddenMeans
{
    /// <param name="first">Day of the first mean.</param>
    /// <param name="means">Statistical means by day.</param>
    /// <param name="overrides">In the order they are applied in.</param>
    /// <returns>What is forecast by day in ten-thousandths; null on days that no override touches, so that these keep every bit of theirs.</returns>
    public static long?[] Of(DateOnly first, ReadOnlySpan<double> means, IReadOnlyList<FeltOverride> overrides)
    {
        var days = new long?[means.Length];
        foreach (var felt in overrides)
        {
            var (from, to) = (Math.Max(0, felt.From.DayNumber - first.DayNumber), Math.Min(means.Length - 1, felt.To.DayNumber - first.DayNumber));
            for (var i = from; i <= to; i++)
                days[i] = felt.Apply(first.AddDays(i), days[i] ?? Quantity.OfMean(means[i]));
        }
        return days;
    }
}
