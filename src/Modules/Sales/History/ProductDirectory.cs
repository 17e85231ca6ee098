using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EPM.Sales.History;

/// <summary>Catalogues of all tenants in process, bounded by the number of products they hold.</summary>
internal sealed class ProductMaps : IDisposable
{
    private readonly MemoryCache _maps = new(new MemoryCacheOptions { SizeLimit = 400_000 });

    public ProductMap? Find(Guid tenant, long version) =>
        _maps.TryGetValue(tenant, out ProductMap? map) && map!.Version >= version ? map : null;

    public void Keep(Guid tenant, ProductMap map) =>
        _maps.Set(tenant, map, new MemoryCacheEntryOptions { Size = map.All.Count + map.Categories.Count + 1 });

    public void Dispose() => _maps.Dispose();
}

internal sealed class ProductDirectory(TenantSession session, DataVersions versions, ProductMaps maps) : IProductDirectory
{
    // One statement, hence one moment: products and their categories fit together.
    private const string All = """
        SELECT c.category_no, c.code, c.name, c.parent_no, NULL::int, NULL::numeric, true, '' FROM sales.category c WHERE c.tenant_id = $1
        UNION ALL
        SELECT p.category_no, p.sku, p.name, NULL, p.product_no, p.sale_price, p.active, p.search FROM sales.product p WHERE p.tenant_id = $1
        """;

    public async ValueTask<ProductMap> AllAsync(CancellationToken ct)
    {
        var version = await versions.CurrentAsync(session.TenantId, ct);
        if (maps.Find(session.TenantId, version) is { } known)
            return known;
        // Read after the version, so what is kept can only be newer than it says.
        var map = await session.ReadAsync(All, [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }], reader => ReadAsync(version, reader, ct), ct);
        maps.Keep(session.TenantId, map);
        return map;
    }

    private static async Task<ProductMap> ReadAsync(long version, NpgsqlDataReader reader, CancellationToken ct)
    {
        var categories = new List<CategorySummary>();
        var products = new List<ProductSummary>();
        while (await reader.ReadAsync(ct))
        {
            if (reader.IsDBNull(4))
                categories.Add(new CategorySummary(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetInt32(3)));
            else
                products.Add(new ProductSummary(reader.GetInt32(4), reader.GetString(1), reader.GetString(2), reader.GetInt32(0),
                    reader.IsDBNull(5) ? null : reader.GetDecimal(5), reader.GetBoolean(6), reader.GetString(7)));
        }
        return new ProductMap(version, categories, products);
    }
}
