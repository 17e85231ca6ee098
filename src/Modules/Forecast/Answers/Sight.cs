using EPM.Platform.Http;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>What the caller sees of the chain.</summary>
internal sealed class Sight(IStoreDirectory stores, IProductDirectory products, CurrentCaller caller)
{
    public async Task<Seen> OfAsync(CancellationToken ct) => new(await stores.AllAsync(ct), await products.AllAsync(ct), caller.Value.Scope);
}

/// <summary>
/// The chain within a scope. What the chain has and the caller does not see is refused (403 <c>outside_scope</c>), as planners asked for;
/// what it does not have is unknown (404).
/// </summary>
internal sealed class Seen(StoreMap map, ProductMap catalogue, DataScope scope)
{
    public StoreMap Map { get; } = map;

    public ProductMap Catalogue { get; } = catalogue;

    /// <summary>By code.</summary>
    public IReadOnlyList<StoreSummary> Stores { get; } = map.VisibleTo(scope);

    public bool SeesWholeAssortment => !scope.IsPartOfAssortment;

    public bool IsWholeChain => Stores.Count == Map.All.Count;

    /// <summary>Products seen, by sku.</summary>
    public IEnumerable<ProductSummary> Products => scope.IsPartOfAssortment ? Catalogue.All.Where(Sees) : Catalogue.All;

    public bool Sees(ProductSummary product) => Catalogue.Sees(scope, product.CategoryNo);

    /// <summary>Numbers of the uppermost categories seen; 0 alone for everything.</summary>
    public int[] TopCategories => !scope.IsPartOfAssortment ? [0]
        : [.. Catalogue.Categories.Values.Where(category => Catalogue.Sees(scope, category.CategoryNo) && (category.ParentNo is not { } parent || !Catalogue.Sees(scope, parent))).Select(category => category.CategoryNo)];

    public ProductSummary Product(string sku) => Catalogue.BySku.TryGetValue(sku, out var product)
        ? Sees(product) ? product : throw new Forbidden("outside_scope")
        : throw new NotFound("forecast_product_unknown");

    /// <summary>A product that somebody says something of for the whole chain: only who sees the whole chain may.</summary>
    public ProductSummary WholeProduct(string sku) => Product(sku) is var product && IsWholeChain ? product : throw new Forbidden("outside_scope");

    public CategorySummary Category(string code) => Catalogue.CategoryByCode.TryGetValue(code, out var category)
        ? Catalogue.Sees(scope, category.CategoryNo) ? category : throw new Forbidden("outside_scope")
        : throw new NotFound("forecast_category_unknown");

    public StoreSummary Store(string code) => Map.ByCode.TryGetValue(code, out var store)
        ? Stores.Contains(store) ? store : throw new Forbidden("outside_scope")
        : throw new NotFound("forecast_store_unknown");

    /// <returns>The stores of the region that the caller sees, at least one unless the region has none.</returns>
    public IReadOnlyList<StoreSummary> Region(string code)
    {
        if (!Map.Regions.Any(region => region.Code == code))
            throw new NotFound("forecast_region_unknown");
        StoreSummary[] within = [.. Stores.Where(store => store.RegionCode == code)];
        return within.Length > 0 || !Map.All.Any(store => store.RegionCode == code) ? within : throw new Forbidden("outside_scope");
    }
}
