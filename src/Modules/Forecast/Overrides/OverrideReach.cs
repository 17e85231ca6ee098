using EPM.Forecast.Domain;
using EPM.Platform.Http;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Overrides;

/// <summary>Which products in which stores an override is about.</summary>
internal sealed class OverrideReach(StoreMap stores, ProductMap products, int? productNo, int? categoryNo, int? storeNo, string? regionCode)
{
    public int? ProductNo { get; } = productNo;

    public int? CategoryNo { get; } = categoryNo;

    public int? StoreNo { get; } = storeNo;

    public string? RegionCode { get; } = regionCode;

    /// <summary>How deep its category lies; 0 where it has none.</summary>
    public int Depth => CategoryNo is { } no ? products.SelfAndAbove(no).Count : 0;

    public static OverrideReach Of(Override made, StoreMap stores, ProductMap products) =>
        new(stores, products, made.ProductNo, made.CategoryNo, made.StoreNo, made.RegionCode);

    public bool HasStore(int storeNo) =>
        (StoreNo is null || StoreNo == storeNo) && (RegionCode is null || (stores.ByNo.TryGetValue(storeNo, out var store) && store.RegionCode == RegionCode));

    public bool HasProduct(int productNo) =>
        (ProductNo is null || ProductNo == productNo) && (CategoryNo is not { } category || (products.ByNo.TryGetValue(productNo, out var product) && products.IsWithin(product, category)));

    public bool Has(CellKey cell) => HasStore(cell.StoreNo) && HasProduct(cell.ProductNo);

    /// <returns>Null for all.</returns>
    public int[]? StoreNos() => StoreNo is null && RegionCode is null ? null : [.. stores.All.Where(store => HasStore(store.StoreNo)).Select(store => store.StoreNo)];

    /// <returns>Null for all.</returns>
    public int[]? ProductNos() => ProductNo is { } one ? [one]
        : CategoryNo is { } category ? [.. products.All.Where(product => products.IsWithin(product, category)).Select(product => product.ProductNo)] : null;

    /// <summary>Whether nothing of it lies outside what a person sees.</summary>
    public bool IsWithin(DataScope scope) => AllStoresSeen(scope) && AssortmentSeen(scope);

    /// <summary>Whether something of it is seen.</summary>
    public bool Touches(DataScope scope) =>
        stores.VisibleTo(scope).Any(store => HasStore(store.StoreNo))
        && (!scope.IsPartOfAssortment || products.All.Any(product => products.Sees(scope, product.CategoryNo) && HasProduct(product.ProductNo)));

    /// <exception cref="Forbidden">It reaches beyond what the person sees (<c>outside_scope</c>).</exception>
    public void ShouldBeWithin(DataScope scope)
    {
        if (!IsWithin(scope))
            throw new Forbidden("outside_scope");
    }

    // Whoever sees the stores of a region one by one does not see those that will open in it.
    private bool AllStoresSeen(DataScope scope)
    {
        if (scope.Kind == ScopeKind.All)
            return true;
        if (StoreNo is { } one)
            return stores.ByNo.TryGetValue(one, out var store) && StoreMap.Sees(scope, store.Code, store.RegionCode);
        return RegionCode is { } region && scope.Kind == ScopeKind.Regions && scope.Regions.Contains(region, StringComparer.Ordinal);
    }

    private bool AssortmentSeen(DataScope scope)
    {
        if (!scope.IsPartOfAssortment)
            return true;
        var category = CategoryNo ?? (ProductNo is { } no && products.ByNo.TryGetValue(no, out var product) ? product.CategoryNo : null);
        return category is { } seen && products.Sees(scope, seen);
    }
}
