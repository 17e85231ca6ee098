using Microsoft.EntityFrameworkCore;

namespace EPM.Sales.Catalogue;

/// <summary>The products and categories that a few rows of a file touch, tracked until they are saved together.</summary>
internal sealed class ProductBatch
{
    private readonly CatalogueDbContext _db;
    private readonly CatalogueChanges _changes;
    private readonly DateOnly _today;
    private readonly Dictionary<string, Product> _bySku;
    private readonly Dictionary<int, PriceHistory> _prices;
    private readonly HashSet<int> _new = [];
    private readonly HashSet<int> _reparented = [];
    private int _lastNumber;

    private ProductBatch(CatalogueDbContext db, CatalogueChanges changes, DateOnly today, CategoryForest forest,
        Dictionary<string, Product> bySku, Dictionary<int, PriceHistory> prices, int lastNumber)
    {
        (_db, _changes, _today, Forest) = (db, changes, today, forest);
        (_bySku, _prices, _lastNumber) = (bySku, prices, lastNumber);
    }

    public CategoryForest Forest { get; }

    public static async Task<ProductBatch> LoadAsync(CatalogueDbContext db, CatalogueChanges changes, string[] skus, DateOnly today, CancellationToken ct)
    {
        var bySku = await db.Products.Where(product => skus.Contains(product.Sku)).ToDictionaryAsync(product => product.Sku, StringComparer.Ordinal, ct);
        var numbers = bySku.Values.Select(product => product.ProductNo).ToArray();
        var prices = (await db.Costs.Where(cost => numbers.Contains(cost.ProductNo)).ToListAsync(ct)).ToLookup(cost => cost.ProductNo);
        return new ProductBatch(db, changes, today, await CategoryForest.LoadAsync(db, ct), bySku,
            numbers.ToDictionary(number => number, number => new PriceHistory(number, prices[number])),
            await db.Products.MaxAsync(product => (int?)product.ProductNo, ct) ?? 0);
    }

    public Product? Find(string sku) => _bySku.GetValueOrDefault(sku);

    /// <returns>The rule a category would break under the parent a row names, or null.</returns>
    public string? FaultOf(string code, string? parent)
    {
        if (parent is null)
            return null;
        if (parent == code)
            return "category_cycle";
        // A parent that the row is first to name will stand at the top.
        var above = Forest.Find(parent)?.CategoryNo ?? -1;
        var category = Forest.Find(code);
        return category?.ParentNo == above ? null : CategoryTree.Fault(category?.CategoryNo ?? 0, above, Forest.Parents);
    }

    /// <summary>Finds or makes the category, and names and hangs it as the row says.</summary>
    /// <returns>The category, and whether a known one was altered.</returns>
    public async Task<(Category Category, bool Altered)> PlaceAsync(string code, string? name, string? parent, CancellationToken ct)
    {
        var above = parent is null ? null : Forest.Find(parent) ?? await Forest.AddAsync(parent, parent, parentNo: null, ct);
        if (Forest.Find(code) is not { } category)
            return (await Forest.AddAsync(code, name ?? code, above?.CategoryNo, ct), false);
        var altered = (name is not null && name != category.Name) || (above is not null && above.CategoryNo != category.ParentNo);
        if (above is not null && above.CategoryNo != category.ParentNo)
        {
            category.ParentNo = above.CategoryNo;
            _reparented.Add(category.CategoryNo);
        }
        category.Name = name ?? category.Name;
        return (category, altered);
    }

    public void Add(string sku, ProductDetails details, Category category)
    {
        var product = new Product { ProductNo = ++_lastNumber, Sku = sku, Name = details.Name, CategoryNo = category.CategoryNo };
        _bySku.Add(sku, product);
        _new.Add(product.ProductNo);
        _prices.Add(product.ProductNo, new PriceHistory(product.ProductNo, []));
        _db.Products.Add(product);
        Change(product, details, category);
    }

    /// <returns>Whether anything is another now.</returns>
    public bool Change(Product product, ProductDetails details, Category category)
    {
        var before = (product.Name, product.CategoryNo, product.SalePrice, product.TaxRate, product.Active);
        if (product.CategoryNo != category.CategoryNo)
            _changes.Moved(product.ProductNo);
        (product.Name, product.CategoryNo, product.SalePrice) = (details.Name, category.CategoryNo, details.SalePrice);
        (product.TaxRate, product.Active) = (details.TaxRate, details.Active);
        var since = details.PurchasePrice is { } price ? _prices[product.ProductNo].Tell(price, _today) : null;
        if (since is { } day && !_new.Contains(product.ProductNo))
            _changes.Repriced(product.ProductNo, day);
        return since is not null || before != (product.Name, product.CategoryNo, product.SalePrice, product.TaxRate, product.Active);
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        await _db.SaveChangesAsync(ct);
        // After their products, which they refer to.
        _db.Costs.AddRange(_prices.Values.SelectMany(history => history.Added));
        await _db.SaveChangesAsync(ct);
        if (_reparented.Count == 0)
            return;
        var parents = Forest.Parents;
        var below = _reparented.SelectMany(number => CategoryTree.SelfAndDescendants(number, parents)).Distinct().ToArray();
        foreach (var product in await _db.Products.Where(product => below.Contains(product.CategoryNo)).Select(product => product.ProductNo).ToListAsync(ct))
            _changes.Moved(product);
    }
}
