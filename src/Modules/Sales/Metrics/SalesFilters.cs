using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Sales.Metrics;

/// <summary>Filters as the query names them.</summary>
internal sealed record FilterQuery(IReadOnlyList<string> Regions, IReadOnlyList<string> Stores, string? Category, string? Product)
{
    /// <summary>Splits repeated and comma-separated values alike.</summary>
    public static FilterQuery Of(string[]? region, string[]? store, string? category, string? product) => new(Split(region), Split(store), Clean(category), Clean(product));

    /// <summary>Canonical text: part of the cache key.</summary>
    public string Key => string.Join('|', string.Join(',', Regions.Order(StringComparer.Ordinal)), string.Join(',', Stores.Order(StringComparer.Ordinal)), Category, Product);

    private static string? Clean(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static IReadOnlyList<string> Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
}

/// <summary>A category as figures need it.</summary>
internal sealed record CategoryNode(int No, string Code, string Name, int? Parent);

/// <summary>What a query is about, within what its caller may see.</summary>
/// <param name="Category">Null for everything a store sells.</param>
/// <param name="ProductNo">Null unless one product is asked for.</param>
internal sealed record Selection(StoreMap Map, IReadOnlyList<StoreSummary> Stores, CategoryNode? Category, int? ProductNo, SalesFacts Facts)
{
    public IReadOnlyList<CategoryNode> Categories => Facts.Categories;

    /// <summary>From when to when the sales of the stores chosen are known.</summary>
    public KnownDays Known { get; } = new(Stores.Where(store => Facts.KnownDays.ContainsKey(store.StoreNo)).ToDictionary(store => store.StoreNo, store => Facts.KnownDays[store.StoreNo]));

    public int[] StoreNos { get; } = [.. Stores.Select(store => store.StoreNo)];

    public int CategoryNo => Category?.No ?? 0;

    public IEnumerable<CategoryNode> Children => Categories.Where(category => category.Parent == Category?.No);

    /// <returns>The chosen category and all below it.</returns>
    public int[] SelfAndDescendants()
    {
        var within = new HashSet<int> { CategoryNo };
        for (var grew = true; grew;)
            grew = Categories.Any(c => c.Parent is { } parent && within.Contains(parent) && within.Add(c.No));
        return [.. within];
    }

    public bool HasChildren(CategoryNode category) => Categories.Any(other => other.Parent == category.No);
}

/// <summary>Turns filters into numbers, narrowed by the caller's scope: what lies outside is as unknown as what does not exist.</summary>
internal sealed class SalesFilters(IStoreDirectory directory, SalesFactsReader facts, TenantSession session, CurrentCaller caller)
{
    public async Task<Selection> ResolveAsync(FilterQuery filter, CancellationToken ct)
    {
        var map = await directory.AllAsync(ct);
        var stores = map.VisibleTo(caller.Value.Scope);
        foreach (var code in filter.Stores)
        {
            if (!stores.Any(store => store.Code == code))
                throw new NotFound("filter_store_unknown");
        }
        foreach (var code in filter.Regions)
        {
            if (!stores.Any(store => store.RegionCode == code))
                throw new NotFound("filter_region_unknown");
        }
        var chosen = stores.Where(store =>
            (filter.Stores.Count == 0 || filter.Stores.Contains(store.Code)) && (filter.Regions.Count == 0 || filter.Regions.Contains(store.RegionCode)));
        var known = await facts.ReadAsync(map, ct);
        var categories = known.Categories;
        var category = filter.Category is null ? null
            : categories.FirstOrDefault(c => c.Code == filter.Category) ?? throw new NotFound("filter_category_unknown");
        return new Selection(map, [.. chosen], category, filter.Product is null ? null : await ProductAsync(filter.Product, ct), known);
    }

    private Task<int> ProductAsync(string sku, CancellationToken ct) => session.ReadAsync(
        "SELECT product_no FROM sales.product WHERE tenant_id = $1 AND sku = $2",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<string> { TypedValue = sku }],
        async reader => await reader.ReadAsync(ct) ? reader.GetInt32(0) : throw new NotFound("filter_product_unknown"), ct);
}
