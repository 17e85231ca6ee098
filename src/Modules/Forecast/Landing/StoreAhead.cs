using EPM.Forecast.Engine;
using EPM.Forecast.Engine.Paths;
using EPM.Forecast.History;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Landing;

/// <summary>What a store may still take in until the end of a month: one amount a path. Paths of the same place belong together, whatever the store.</summary>
internal static class StoreAhead
{
    public const int Paths = PathSampler.Usual;

    private const int Week = 7;

    /// <param name="dependence">How the errors of the chain's forecasts move together.</param>
    /// <param name="from">First day to come.</param>
    /// <param name="days">How many there are, at least one.</param>
    /// <param name="priceOf">Revenue with tax that a unit brings; null where nothing tells.</param>
    public static double[] Of(
        StoreSummary store, IReadOnlyList<CellToCome> cells, Dependence dependence, DateOnly from, int days, Func<DateOnly, bool> isOpen, Func<CellKey, double?> priceOf)
    {
        var sampler = new PathSampler(dependence, days, Paths);
        var sum = new PathSum(days, Paths);
        foreach (var cell in cells)
        {
            if (priceOf(cell.Key) is { } price)
                sampler.AddTo(sum, SeriesId.Of(cell.Key), store.Code, Cut(cell, from, days), price);
        }
        var totals = new double[Paths];
        foreach (var day in Enumerable.Range(0, days).Where(day => isOpen(from.AddDays(day))))
        {
            var amounts = sum.At(day);
            for (var path = 0; path < Paths; path++)
                totals[path] += amounts[path];
        }
        return totals;
    }

    // Beyond the end of what was forecast the last week comes again.
    private static Prediction Cut(CellToCome cell, DateOnly from, int days)
    {
        var (skip, length, levels) = (from.DayNumber - cell.First.DayNumber, cell.Mean.Length, Prediction.Levels.Count);
        var cut = Prediction.Empty(days);
        for (var day = 0; day < days; day++)
        {
            var at = Math.Max(0, skip + day);
            if (at >= length)
                at = length >= Week ? length - Week + ((at - length) % Week) : length - 1;
            cut.Mean[day] = cell.Mean[at];
            for (var level = 0; level < levels; level++)
                cut.Quantiles[(day * levels) + level] = cell.Quantiles[(at * levels) + level];
        }
        return cut;
    }
}

/// <summary>What is expected of a cell, as it is stored.</summary>
/// <param name="First">The day of the first value.</param>
internal sealed record CellToCome(CellKey Key, DateOnly First, float[] Mean, float[] Quantiles);
