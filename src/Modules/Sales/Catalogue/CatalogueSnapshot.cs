namespace EPM.Sales.Catalogue;

/// <summary>A product as an import needs it.</summary>
/// <param name="CostStart">Where its prices begin in the snapshot's price list.</param>
internal readonly record struct CatalogueProduct(int ProductNo, int CategoryNo, decimal TaxRate, int CostStart, int CostCount);

/// <summary>A purchase price and the first day it holds; the first one of a product holds from <see cref="DateOnly.MinValue"/>.</summary>
internal readonly record struct CostPoint(DateOnly ValidFrom, decimal Cost);

/// <param name="SelfAndAncestors">Category numbers from this one up to its root.</param>
internal sealed record CatalogueCategory(int CategoryNo, string Code, string Name, int? ParentNo, int[] SelfAndAncestors);

/// <summary>The whole catalogue of one tenant at one version, laid out for looking up millions of lines.</summary>
internal sealed class CatalogueSnapshot
{
    private readonly Dictionary<string, CatalogueProduct> _bySku;
    private readonly CostPoint[] _costs;

    public CatalogueSnapshot(long version, Dictionary<string, CatalogueProduct> bySku, CostPoint[] costs, Dictionary<int, CatalogueCategory> categories)
    {
        Version = version;
        _bySku = bySku;
        _costs = costs;
        Categories = categories;
        BySpan = bySku.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public long Version { get; }

    public IReadOnlyDictionary<string, CatalogueProduct> BySku => _bySku;

    /// <summary>The same, for a SKU that is still part of a line.</summary>
    public Dictionary<string, CatalogueProduct>.AlternateLookup<ReadOnlySpan<char>> BySpan { get; }

    public IReadOnlyDictionary<int, CatalogueCategory> Categories { get; }

    /// <summary>Prices of a product, oldest first.</summary>
    public ReadOnlySpan<CostPoint> CostsOf(CatalogueProduct product) => _costs.AsSpan(product.CostStart, product.CostCount);

    /// <returns>Purchase price on a business date, or null when none is known.</returns>
    public decimal? CostOn(CatalogueProduct product, DateOnly day)
    {
        var costs = CostsOf(product);
        for (var i = costs.Length - 1; i >= 0; i--)
        {
            if (costs[i].ValidFrom <= day)
                return costs[i].Cost;
        }
        return null;
    }

    /// <summary>Takes in products created after the snapshot was read; they have no prices yet.</summary>
    public void Adopt(CreatedProducts created)
    {
        foreach (var (sku, product) in created.BySku)
            _bySku[sku] = product;
        if (created.Category is { } category)
            ((Dictionary<int, CatalogueCategory>)Categories).TryAdd(category.CategoryNo, category);
    }
}

/// <summary>What <see cref="CatalogueImports.CreateMissingProductsAsync"/> answers.</summary>
/// <param name="BySku">Every SKU asked for.</param>
/// <param name="Category">The category new ones were put in; null when all were there already.</param>
internal sealed record CreatedProducts(IReadOnlyDictionary<string, CatalogueProduct> BySku, CatalogueCategory? Category);
