using EPM.Forecast.Engine;
using EPM.Forecast.Engine.Paths;
using EPM.Forecast.History;
using EPM.Forecast.Overrides;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Landing;

/// <summary>What a store may take in on each day to the end of a month: one amount a path. Paths of the same place belong together, whatever the store.</summary>
/// <param name="From">The first day.</param>
internal sealed record DayPaths(DateOnly From, PathSum Amounts)
{
    public const int Paths = PathSampler.Usual;

    private const int Week = 7;

    public int Days => Amounts.Horizon;

    /// <summary>Adds the days from one on, on which the store does business.</summary>
    public void AddTo(Span<double> ends, DateOnly from, Func<DateOnly, bool> isOpen)
    {
        for (var day = Math.Max(0, from.DayNumber - From.DayNumber); day < Days; day++)
        {
            if (!isOpen(From.AddDays(day)))
                continue;
            var amounts = Amounts.At(day);
            for (var path = 0; path < ends.Length; path++)
                ends[path] += amounts[path];
        }
    }

    /// <param name="dependence">How the errors of the chain's forecasts move together.</param>
    /// <param name="from">First day wanted.</param>
    /// <param name="last">Last day of the month, not before it.</param>
    /// <param name="said">What people made of the forecasts.</param>
    /// <param name="priceOf">Revenue with tax that a unit brings; null where nothing tells.</param>
    public static DayPaths Of(
        string store, IReadOnlyCollection<CellToCome> cells, Dependence dependence, OverrideLayer said, DateOnly from, DateOnly last, Func<CellKey, double?> priceOf)
    {
        // From the day that was forecast first, where that is earlier: what is drawn does not hang on the day on which somebody looks.
        var forecast = cells.Select(cell => cell.First).DefaultIfEmpty(from).Max();
        var month = new DateOnly(last.Year, last.Month, 1);
        var first = forecast >= from ? from : forecast < month ? month : forecast;
        var days = last.DayNumber - first.DayNumber + 1;
        var (sampler, sum) = (new PathSampler(dependence, days, Paths), new PathSum(days, Paths));
        foreach (var cell in cells)
        {
            if (priceOf(cell.Key) is { } price)
                sampler.AddTo(sum, SeriesId.Of(cell.Key), store, OverriddenAhead.On(said, cell.Key, Cut(cell, first, days), first), price);
        }
        return new DayPaths(first, sum);
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
