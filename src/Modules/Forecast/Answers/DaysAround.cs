using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>What is particular about days in some stores: events, and whether any of them is open.</summary>
internal sealed class DaysAround(IEventCalendar calendar, Words words, ISalesHistory sales)
{
    // The same weekdays of the year before.
    private const int YearOfWeeks = 364;

    public async Task<Func<DateOnly, IReadOnlyList<DayEvent>>> EventsAsync(IReadOnlyList<StoreSummary> stores, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var events = await calendar.AllAsync(ct);
        // What several stores feel is told once.
        var felt = (stores.Count == 1 ? events.Of(stores[0], from, to) : [.. stores.Select(store => store.Country).Distinct(StringComparer.Ordinal).SelectMany(country => events.Of(country, from, to))])
            .DistinctBy(one => (one.Code, one.From)).ToArray();
        return day => [.. felt.Where(one => one.IsFelt(day, day)).Select(one => new DayEvent(one.Code, one.NameIn(words.Texts, words.Language), one.DaysFrom(day)))];
    }

    public static bool IsOpen(StoreMap map, IReadOnlyList<StoreSummary> stores, DateOnly day) => stores.Any(store => map.IsOpen(store, day));

    /// <summary>What was sold on the days before, and a year before the days to come.</summary>
    public async Task<(Dictionary<DateOnly, decimal> Sold, double? LastYear)> SoldAsync(
        Seen seen, Asked asked, DateOnly since, DateOnly from, int horizon, CancellationToken ct)
    {
        DateOnly[] before = [.. Enumerable.Range(0, from.DayNumber - since.DayNumber).Select(since.AddDays)];
        DateOnly[] lastYear = [.. Enumerable.Range(0, horizon).Select(day => from.AddDays(day - YearOfWeeks))];
        DateOnly[] days = [.. before.Concat(lastYear).Distinct()];
        var sold = asked.Level == Levels.Product
            ? await sales.OfProductAsync(asked.Product.ProductNo, asked.StoreNos, days, ct)
            : await sales.OfCategoriesAsync(asked.Level == Levels.Category ? [asked.Product.CategoryNo] : seen.TopCategories, asked.StoreNos, days, ct);
        var units = sold.ToDictionary(day => day.Day, day => day.Units);
        var known = (await sales.StandAsync(ct)).Stores.Where(store => asked.StoreNos.Contains(store.Key)).Select(store => store.Value.First).ToArray();
        return (units, known.Length > 0 && known.Min() <= lastYear[0] ? (double)lastYear.Sum(day => units.GetValueOrDefault(day)) : null);
    }
}
