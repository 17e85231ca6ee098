using EPM.Platform.Http;
using EPM.Platform.Localisation;
using EPM.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace EPM.Sales.Catalogue;

/// <summary>All categories of the tenant, tracked, for edits that look at the whole tree. The catalogue's lock must be held.</summary>
internal sealed class CategoryForest
{
    private readonly CatalogueDbContext _db;
    private readonly Dictionary<string, Category> _byCode;
    private readonly Dictionary<int, Category> _byNo;

    private CategoryForest(CatalogueDbContext db, IEnumerable<Category> all)
    {
        _db = db;
        _byCode = all.ToDictionary(category => category.Code, StringComparer.Ordinal);
        _byNo = _byCode.Values.ToDictionary(category => category.CategoryNo);
    }

    public static async Task<CategoryForest> LoadAsync(CatalogueDbContext db, CancellationToken ct) =>
        new(db, await db.Categories.ToListAsync(ct));

    public IReadOnlyDictionary<int, int?> Parents => _byNo.ToDictionary(category => category.Key, category => category.Value.ParentNo);

    public Category? Find(string code) => _byCode.GetValueOrDefault(code);

    public Category At(int number) => _byNo[number];

    /// <exception cref="Invalid">No category has this code; told under <paramref name="field"/>.</exception>
    public Category Require(string code, string field) => Find(code) ?? throw new Invalid([new FieldError(field, "category_unknown")]);

    /// <summary>Saved at once: products and other categories refer to it.</summary>
    public async Task<Category> AddAsync(string code, string name, int? parentNo, CancellationToken ct)
    {
        var number = _byNo.Keys.DefaultIfEmpty().Max() + 1;
        if (CategoryTree.Fault(number, parentNo, Parents) is { } fault)
            throw new RuleBroken(fault);
        var category = new Category { CategoryNo = number, Code = code, Name = name, ParentNo = parentNo };
        _byCode.Add(code, category);
        _byNo.Add(number, category);
        _db.Categories.Add(category);
        await _db.SaveChangesAsync(ct);
        return category;
    }

    /// <summary>The category of products nobody has placed, made on demand and named in the tenant's language.</summary>
    public async Task<Category> UncategorisedAsync(Texts texts, TenantInfo tenant, CancellationToken ct) =>
        Find(CatalogueNumbers.Uncategorised)
        ?? await AddAsync(CatalogueNumbers.Uncategorised, texts.Say(tenant.Language, "category_uncategorised"), parentNo: null, ct);
}
