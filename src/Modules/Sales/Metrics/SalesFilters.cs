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
internal sealed record Selection(StoreMap Map, IReadOnlyList<StoreSummary> Stores, CategoryNode? Category, int? ProductNo, SalesFacts Facts, CategoryReach Reach)
{
    public IReadOnlyList<CategoryNode> Categories => Reach.Visible;

    /// <summary>Whether figures are those of whole stores, which hours and objectives are kept for.</summary>
    public bool IsWholeStores => Category is null && !Reach.IsPart;

    /// <summary>The categories whose sums make up the figures; 0 stands for all that a store sells.</summary>
    public int[] TopNos { get; } = Category is { } one ? [one.No] : Reach.IsPart ? [.. Reach.Tops.Select(top => top.No)] : [0];

    /// <summary>From when to when the sales of the stores chosen are known.</summary>
    public KnownDays Known { get; } = new(Stores.Where(store => Facts.KnownDays.ContainsKey(store.StoreNo)).ToDictionary(store => store.StoreNo, store => Facts.KnownDays[store.StoreNo]));

    public int[] StoreNos { get; } = [.. Stores.Select(store => store.StoreNo)];

    public IEnumerable<CategoryNode> Children => Category is null && Reach.IsPart ? Reach.Tops : Categories.Where(category => category.Parent == Category?.No);

    /// <returns>The categories the figures are about, and all below them.</returns>
    public int[] SelfAndDescendants() => [.. CategoryReach.Below(Categories, TopNos)];

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
        var reach = new CategoryReach(known.Categories, caller.Value.Scope);
        var category = filter.Category is null ? OnlyOne(reach)
            : reach.Visible.FirstOrDefault(c => c.Code == filter.Category) ?? throw new NotFound("filter_category_unknown");
        return new Selection(map, [.. chosen], category, filter.Product is null ? null : await ProductAsync(filter.Product, reach, ct), known, reach);
    }

    // Whoever sees one category alone has chosen it: its tickets can be counted, those of several together cannot.
    private static CategoryNode? OnlyOne(CategoryReach reach) => reach is { IsPart: true, Tops: [var only] } ? only : null;

    private Task<int> ProductAsync(string sku, CategoryReach reach, CancellationToken ct) => session.ReadAsync(
        "SELECT product_no, category_no FROM sales.product WHERE tenant_id = $1 AND sku = $2",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<string> { TypedValue = sku }],
        async reader => await reader.ReadAsync(ct) && reach.Sees(reader.GetInt32(1)) ? reader.GetInt32(0) : throw new NotFound("filter_product_unknown"), ct);
}
