using EPM.Forecast.Lives;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>Composes the answer to one question about a forecast: the one place where what is expected, what was and why come together.</summary>
internal sealed class ForecastAnswer(Sight sight, ForecastReader reader, Dependences dependences, DaysAround around, Explained explained, Backtested backtested, LifeStore lives, Words words, PastNotes notes)
{
    public async Task<ForecastView> ReadAsync(ForecastQuery query, CancellationToken ct)
    {
        var seen = await sight.OfAsync(ct);
        var expected = await reader.ReadAsync(seen, query, ct);
        var (asked, cells, product) = (expected.Asked, expected.Cells, expected.Asked.Product);
        if (expected.AsOf is not { } asOf)
            return Empty(seen, expected);
        var (from, horizon) = (expected.From, expected.Horizon);
        var dependence = await dependences.CurrentAsync(ct);
        var sum = CellSum.Of(cells, horizon, dependence, seen.Map);
        var since = asOf.AddDays(1 - query.History);
        var events = await around.EventsAsync(asked.Stores, since, from.AddDays(horizon - 1), ct);
        var (sold, lastYear) = await around.SoldAsync(seen, asked, since, from, horizon, ct);
        DayView[] days = [.. Enumerable.Range(0, cells.Count == 0 ? 0 : horizon).Select(day => DayOf(seen, asked, sum, from, day, events))];
        var noted = await notes.ReadAsync(asked, since, asOf, ct);
        PastDayView[] past = [.. Enumerable.Range(0, query.History).Select(since.AddDays).Select(day => PastDayOf(day, (double)sold.GetValueOrDefault(day), noted(day), seen, asked, events))];
        return new ForecastView(product.Sku, product.Name, CategoryOf(seen, product), asked.Level, asked.Store is { } store ? new Place(store.Code, store.Name) : null,
            asked.Region is { } region ? new Place(region.Code, region.Name) : null, asOf, from, horizon, StateOf(expected), await LikeAsync(seen, asked, ct), ModelOf(cells), days, past,
            TotalsOf(seen, cells, sum, lastYear), cells.Count == 0 ? explained.None() : explained.Of(sum, from, days), await backtested.OfAsync(asked, cells, dependence, seen.Map, ct));
    }

    private async Task<StartedLike?> LikeAsync(Seen seen, Asked asked, CancellationToken ct) => asked.Level != Levels.Product ? null
        : (await lives.AllAsync(ct)).FirstOrDefault(life => life.Started && life.ProductNo == asked.Product.ProductNo) is { } life ? ListNewProductsHandler.StartedOf(seen, life) : null;

    private static PastDayView PastDayOf(DateOnly day, double units, PastNote noted, Seen seen, Asked asked, Func<DateOnly, IReadOnlyList<DayEvent>> events) =>
        new(day, units, noted.Difference is { } difference ? Rounded.Of(units + difference) : null, noted.Note, DaysAround.IsOpen(seen.Map, asked.Stores, day), events(day), noted.Said);

    private static DayView DayOf(Seen seen, Asked asked, CellSum sum, DateOnly from, int day, Func<DateOnly, IReadOnlyList<DayEvent>> events)
    {
        var (date, said) = (from.AddDays(day), sum.Prediction);
        var (mean, statistical) = (Rounded.Of(said.Mean[day]), Rounded.Of(sum.Statistical[day]));
        return new DayView(date, Rounded.Of(said[day, Kept.Low]), Rounded.Of(said[day, Kept.Middle]), Rounded.Of(said[day, Kept.High]), mean, Rounded.Of(sum.Naive[day]),
            statistical, mean.Equals(statistical) ? null : mean, events(date), DaysAround.IsOpen(seen.Map, asked.Stores, date));
    }

    private static TotalsView TotalsOf(Seen seen, IReadOnlyList<CellAhead> cells, CellSum sum, double? lastYear) => new(
        Rounded.Of(sum.Total.P10), Rounded.Of(sum.Total.P50), Rounded.Of(sum.Total.P90), Rounded.Of(sum.Prediction.Mean.Sum()), Rounded.Of(sum.Naive.Sum()),
        Rounded.Of(sum.Statistical.Sum()), lastYear, cells.Sum(cell => ValueOf(seen, cell.Key.ProductNo, cell.Prediction.Mean.Sum())));

    /// <summary>Units at the product's sale price, with tax.</summary>
    public static decimal ValueOf(Seen seen, int productNo, double units) =>
        decimal.Round((decimal)units * (seen.Catalogue.ByNo.TryGetValue(productNo, out var product) ? product.SalePrice ?? 0 : 0), 2);

    public static Place? CategoryOf(Seen seen, ProductSummary product) =>
        seen.Catalogue.Categories.TryGetValue(product.CategoryNo, out var category) ? new Place(category.Code, category.Name) : null;

    // The state of what sells most; a sum has no other.
    private static string StateOf(Expected expected) => expected.Cells.Count == 0 ? expected.Ended ? CellStates.Ended : CellStates.None
        : expected.Cells.MaxBy(cell => cell.Statistical.Sum())!.Kept.State;

    private ModelView ModelOf(IReadOnlyList<CellAhead> cells)
    {
        if (cells.Count == 0)
            return new ModelView(words.Say("forecast.method.none"), [], null, null);
        var whole = cells.Sum(cell => cell.Statistical.Sum());
        var parts = cells.SelectMany(cell => cell.Kept.Recipe.Methods.Select(method => (method.Method, Weight: method.Weight * (whole > 0 ? cell.Statistical.Sum() / whole : 1.0 / cells.Count))))
            .GroupBy(one => one.Method, StringComparer.Ordinal).Select(method => new ModelPart(method.Key, words.Method(method.Key), Rounded.Of(method.Sum(one => one.Weight))))
            .Where(part => part.Weight > 0).OrderByDescending(part => part.Weight).ThenBy(part => part.Method, StringComparer.Ordinal).ToArray();
        return new ModelView(LabelOf(words, [.. parts.Select(part => (part.Method, part.Weight))]), parts, cells.Max(cell => cell.Kept.TrainedAt), cells.Max(cell => cell.Kept.RefreshedAt));
    }

    /// <summary>One method that decides almost alone, or a combination.</summary>
    public static string LabelOf(Words words, IReadOnlyList<(string Method, double Weight)> parts)
    {
        const double AlmostAlone = 0.8;
        return parts.Count == 0 ? words.Say("forecast.method.still")
            : parts[0].Weight >= AlmostAlone * parts.Sum(part => part.Weight) ? words.Method(parts[0].Method)
            : words.Say("forecast.method.combination", new Dictionary<string, object>(StringComparer.Ordinal) { ["method"] = words.Method(parts[0].Method) });
    }

    private ForecastView Empty(Seen seen, Expected expected) => new(
        expected.Asked.Product.Sku, expected.Asked.Product.Name, CategoryOf(seen, expected.Asked.Product), expected.Asked.Level, null, null, null, null, expected.Horizon, CellStates.None, null,
        ModelOf([]), [], [], new TotalsView(0, 0, 0, 0, 0, 0, null, 0), explained.None(), null);
}
