using EPM.Forecast.Answers;
using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Corrections;

/// <param name="Units">What was sold.</param>
/// <param name="Corrected">What the day is learnt from as; null to learn nothing from it.</param>
/// <param name="Reason">One of stock_out, outlier, event, manual.</param>
internal sealed record CorrectionView(
    Guid Id, string Sku, string Store, DateOnly Date, double Units, double? Corrected, string Reason, string? Note, string CreatedBy, DateTimeOffset CreatedAt);

internal sealed record CorrectionList(IReadOnlyList<CorrectionView> Items, int Total);

/// <summary>Tells corrections beside what was sold.</summary>
internal sealed class CorrectionViews(ISalesHistory sales)
{
    public async Task<IReadOnlyList<CorrectionView>> OfAsync(IReadOnlyCollection<Correction> corrections, Seen cells, CancellationToken ct)
    {
        var sold = new Dictionary<(int, int, DateOnly), long>();
        foreach (var store in corrections.GroupBy(row => row.StoreNo))
        {
            var products = store.Select(row => row.ProductNo).Distinct().ToArray();
            var (first, last) = (store.Min(row => row.Day), store.Max(row => row.Day));
            var days = await sales.ReadAsync(store.Key, products, first, last, ct);
            foreach (var row in store)
                sold[(row.StoreNo, row.ProductNo, row.Day)] = days.UnitsOf(row.ProductNo)[row.Day.DayNumber - first.DayNumber];
        }
        return
        [
            .. corrections.Select(row => new CorrectionView(
                row.CorrectionId, cells.Catalogue.ByNo[row.ProductNo].Sku, cells.Map.ByNo[row.StoreNo].Code, row.Day, Quantity.Units(sold[(row.StoreNo, row.ProductNo, row.Day)]),
                row.Corrected is { } corrected ? Quantity.Units(corrected) : null, row.Reason, row.Note, row.CreatedByName, row.CreatedAt)),
        ];
    }
}
