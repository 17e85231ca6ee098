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

    private CategoryForest(CatalogueDbContext db, IEnumerable<Category> all)
    {
        _db = db;
        _byCode = all.ToDictionary(category => category.Code, StringComparer.Ordinal);
    }

    public static async Task<CategoryForest> LoadAsync(CatalogueDbContext db, CancellationToken ct) =>
        new(db, await db.Categories.ToListAsync(ct));

    public IReadOnlyDictionary<int, int?> Parents => _byCode.Values.ToDictionary(category => category.CategoryNo, category => category.ParentNo);

    public Category? Find(string code) => _byCode.GetValueOrDefault(code);

    public Category At(int number) => _byCode.Values.Single(category => category.CategoryNo == number);

    /// <exception cref="Invalid">No category has this code; told under <paramref name="field"/>.</exception>
    public Category Require(string code, string field) => Find(code) ?? throw new Invalid([new FieldError(field, "category_unknown")]);

    /// <summary>Saved at once: products and other categories refer to it.</summary>
    public async Task<Category> AddAsync(string code, string name, int? parentNo, CancellationToken ct)
    {
        var number = _byCode.Values.Select(category => category.CategoryNo).DefaultIfEmpty().Max() + 1;
        if (CategoryTree.Fault(number, parentNo, Parents) is { } fault)
            throw new RuleBroken(fault);
        var category = new Category { CategoryNo = number, Code = code, Name = name, ParentNo = parentNo };
        _byCode.Add(code, category);
        _db.Categories.Add(category);
        await _db.SaveChangesAsync(ct);
        return category;
    }

    /// <summary>The category of products nobody has placed, made on demand and named in the tenant's language.</summary>
    public async Task<Category> UncategorisedAsync(Texts texts, TenantInfo tenant, CancellationToken ct) =>
        Find(CatalogueNumbers.Uncategorised)
        ?? await AddAsync(CatalogueNumbers.Uncategorised, texts.Say(tenant.Language, "category_uncategorised"), parentNo: null, ct);
}
