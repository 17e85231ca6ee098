using System.Collections.Frozen;
using EPM.Platform.Security;
using EPM.Sales.Catalogue;

namespace EPM.Sales.Contracts;

/// <summary>All products and categories of one tenant at one data version. Immutable: safe to keep and to share between requests of that tenant.</summary>
public sealed class ProductMap
{
    private readonly FrozenDictionary<int, int[]> _paths;

    public ProductMap(long version, IEnumerable<CategorySummary> categories, IEnumerable<ProductSummary> products)
    {
        Version = version;
        Categories = categories.ToFrozenDictionary(category => category.CategoryNo);
        CategoryByCode = Categories.Values.ToFrozenDictionary(category => category.Code, StringComparer.Ordinal);
        All = [.. products.OrderBy(product => product.Sku, StringComparer.Ordinal)];
        ByNo = All.ToFrozenDictionary(product => product.ProductNo);
        BySku = All.ToFrozenDictionary(product => product.Sku, StringComparer.Ordinal);
        _paths = Categories.Keys.ToFrozenDictionary(no => no, PathOf);
    }

    /// <summary>Data version the map was read at, or a later one.</summary>
    public long Version { get; }

    public FrozenDictionary<int, CategorySummary> Categories { get; }

    /// <summary>Codes are compared exactly as written.</summary>
    public FrozenDictionary<string, CategorySummary> CategoryByCode { get; }

    /// <summary>Every product, by sku.</summary>
    public IReadOnlyList<ProductSummary> All { get; }

    public FrozenDictionary<int, ProductSummary> ByNo { get; }

    public FrozenDictionary<string, ProductSummary> BySku { get; }

    /// <returns>Category numbers from the one given up to its root.</returns>
    public IReadOnlyList<int> SelfAndAbove(int categoryNo) => _paths[categoryNo];

    /// <summary>The one reading of what part of the assortment a scope covers.</summary>
    public bool Sees(DataScope scope, int categoryNo) =>
        !scope.IsPartOfAssortment || SelfAndAbove(categoryNo).Any(no => scope.Categories.Contains(Categories[no].Code, StringComparer.Ordinal));

    /// <returns>Whether the product belongs to the category or to one below it.</returns>
    public bool IsWithin(ProductSummary product, int categoryNo) => SelfAndAbove(product.CategoryNo).Contains(categoryNo);

    /// <summary>Products whose sku and name hold every word, accents and case aside.</summary>
    public IEnumerable<ProductSummary> Matching(string? search)
    {
        var words = SearchText.Fold(search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? All : All.Where(product => words.All(word => product.Search.Contains(word, StringComparison.Ordinal)));
    }

    private int[] PathOf(int categoryNo)
    {
        var path = new List<int>();
        for (int? no = categoryNo; no is { } known; no = Categories[known].ParentNo)
            path.Add(known);
        return [.. path];
    }
}
