using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Npgsql;

namespace EPM.Sales.Catalogue;

/// <summary>The catalogue as the import of sales uses it.</summary>
internal sealed class CatalogueImports(CurrentTenant tenant, Texts texts)
{
    /// <summary>
    /// Keeps edits that move products or change costs waiting until the session's transaction ends, and says which version holds.
    /// An import asks at the start of each transaction, and reads its snapshot again when the version is another.
    /// </summary>
    public static async Task<long> HoldAsync(TenantSession session, CancellationToken ct)
    {
        await using var ensure = session.Command("INSERT INTO sales.catalogue_version (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING");
        ensure.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        await ensure.ExecuteNonQueryAsync(ct);
        await using var hold = session.Command("SELECT version FROM sales.catalogue_version FOR SHARE");
        return (long)(await hold.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Reads all products, prices and categories, and holds them as <see cref="HoldAsync"/> does.</summary>
    public static async Task<CatalogueSnapshot> LoadAsync(TenantSession session, CancellationToken ct)
    {
        var version = await HoldAsync(session, ct);
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction)
        {
            BatchCommands =
            {
                new("SELECT category_no, code, name, parent_no FROM sales.category"),
                new("SELECT product_no, valid_from, cost FROM sales.product_cost ORDER BY product_no, valid_from"),
                new("SELECT sku, product_no, category_no, tax_rate FROM sales.product"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var categories = await ReadCategoriesAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var (costs, slices) = await ReadCostsAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var bySku = new Dictionary<string, CatalogueProduct>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            var number = reader.GetInt32(1);
            var (start, count) = slices.GetValueOrDefault(number);
            bySku.Add(reader.GetString(0), new CatalogueProduct(number, reader.GetInt32(2), reader.GetDecimal(3), start, count));
        }
        return new CatalogueSnapshot(version, bySku, costs, categories);
    }

    /// <summary>Creates products a file names and nobody declared, in the category <c>non-classe</c>, without a price.</summary>
    /// <param name="wanted">SKU and, when the file tells one, its name.</param>
    public async Task<CreatedProducts> CreateMissingProductsAsync(
        TenantSession session, IReadOnlyCollection<KeyValuePair<string, string?>> wanted, CancellationToken ct)
    {
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (sku, name) in wanted)
            names[sku] = name ?? names.GetValueOrDefault(sku);
        var skus = names.Keys.Order(StringComparer.Ordinal).ToArray();
        await CatalogueNumbers.LockAsync(session, ct);
        var missing = skus.Except(await ExistingAsync(session, skus, ct), StringComparer.Ordinal).ToArray();
        CatalogueCategory? category = null;
        if (missing.Length > 0)
        {
            await using var db = new CatalogueDbContext(session);
            var forest = await CategoryForest.LoadAsync(db, ct);
            var home = await forest.UncategorisedAsync(texts, tenant.Info, ct);
            category = new CatalogueCategory(
                home.CategoryNo, home.Code, home.Name, home.ParentNo, [.. CategoryTree.SelfAndAncestors(home.CategoryNo, forest.Parents)]);
            await InsertAsync(session, missing, [.. missing.Select(sku => names[sku] ?? sku)], category.CategoryNo, ct);
            session.FiguresChange();
        }
        return new CreatedProducts(await FindAsync(session, skus, ct), category);
    }

    private static async Task InsertAsync(TenantSession session, string[] skus, string[] names, int categoryNo, CancellationToken ct)
    {
        await using var insert = session.Command("""
            INSERT INTO sales.product (tenant_id, product_no, sku, name, category_no)
            SELECT $1, (SELECT coalesce(max(product_no), 0) FROM sales.product) + n::int, sku, name, $2
            FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS missing (sku, name, n)
            """);
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int> { TypedValue = categoryNo },
            new NpgsqlParameter<string[]> { TypedValue = skus }, new NpgsqlParameter<string[]> { TypedValue = names },
        });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static async Task<HashSet<string>> ExistingAsync(TenantSession session, string[] skus, CancellationToken ct) =>
        [.. (await FindAsync(session, skus, ct)).Keys];

    private static async Task<Dictionary<string, CatalogueProduct>> FindAsync(TenantSession session, string[] skus, CancellationToken ct)
    {
        await using var select = session.Command("SELECT sku, product_no, category_no, tax_rate FROM sales.product WHERE sku = ANY ($1)");
        select.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = skus });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var found = new Dictionary<string, CatalogueProduct>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetString(0), new CatalogueProduct(reader.GetInt32(1), reader.GetInt32(2), reader.GetDecimal(3), 0, 0));
        return found;
    }

    private static async Task<Dictionary<int, CatalogueCategory>> ReadCategoriesAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var rows = new Dictionary<int, (string Code, string Name, int? Parent)>();
        while (await reader.ReadAsync(ct))
            rows.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetInt32(3)));
        var parents = rows.ToDictionary(row => row.Key, row => row.Value.Parent);
        return rows.ToDictionary(row => row.Key, row =>
            new CatalogueCategory(row.Key, row.Value.Code, row.Value.Name, row.Value.Parent, [.. CategoryTree.SelfAndAncestors(row.Key, parents)]));
    }

    private static async Task<(CostPoint[] Costs, Dictionary<int, (int Start, int Count)> Slices)> ReadCostsAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var costs = new List<CostPoint>();
        var slices = new Dictionary<int, (int Start, int Count)>();
        while (await reader.ReadAsync(ct))
        {
            var number = reader.GetInt32(0);
            var slice = slices.TryGetValue(number, out var begun) ? begun : (Start: costs.Count, Count: 0);
            slices[number] = (slice.Start, slice.Count + 1);
            costs.Add(new CostPoint(reader.GetFieldValue<DateOnly>(1), reader.GetDecimal(2)));
        }
        return ([.. costs], slices);
    }
}
