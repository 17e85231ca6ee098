namespace EPM.Forecast.Domain;

/// <summary>
/// What an override adds to, or puts in place of, each day of each of its cells. Worked out once, from the statistical means of the
/// moment it was made, and kept: a total for a month stays that total when half the month is past and forecasts are newer.
/// </summary>
internal static class OverrideShares
{
    /// <param name="means">Statistical means of every day of every cell of the override, in ten-thousandths.</param>
    /// <returns>One share a mean; null where the formula is of each day for itself and nothing is shared.</returns>
    public static long[]? Of(in Formula formula, ReadOnlySpan<long> means)
    {
        if (formula.IsOfEachDay)
            return null;
        if (formula.Set is { } set)
            return Disaggregation.Share(means, set);
        var multiplied = new long[means.Length];
        var sum = 0L;
        for (var i = 0; i < means.Length; i++)
        {
            multiplied[i] = Quantity.Times(means[i], formula.Factor);
            sum = Quantity.Plus(sum, multiplied[i]);
        }
        // Nothing can be taken from a forecast beyond what it is.
        return Disaggregation.Share(sum > 0 ? multiplied : means, Math.Max(formula.Added, -sum));
    }

    /// <summary>One day of one cell, under one override.</summary>
    /// <param name="current">What the overrides before it left.</param>
    public static long Apply(in Formula formula, long current, long share) =>
        formula.Set is not null ? share : Math.Max(0, Quantity.Times(current, formula.Factor) + share);
}
