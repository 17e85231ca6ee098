using EPM.Platform.Security;

namespace EPM.Sales.Metrics;

/// <summary>The part of the assortment that a scope covers: the categories it names and all below them.</summary>
internal sealed class CategoryReach
{
    private readonly HashSet<int>? _within;

    public CategoryReach(IReadOnlyList<CategoryNode> all, DataScope scope)
    {
        Visible = all;
        if (!scope.IsPartOfAssortment)
            return;
        _within = Below(all, all.Where(category => scope.Categories.Contains(category.Code, StringComparer.Ordinal)).Select(category => category.No));
        Visible = [.. all.Where(category => _within.Contains(category.No))];
    }

    /// <summary>Whether anything is hidden. Codes that name nothing cover nothing.</summary>
    public bool IsPart => _within is not null;

    public IReadOnlyList<CategoryNode> Visible { get; }

    /// <summary>The uppermost categories that are seen.</summary>
    public IReadOnlyList<CategoryNode> Tops => [.. Visible.Where(category => category.Parent is not { } parent || !Sees(parent))];

    public int[] Numbers => [.. Visible.Select(category => category.No)];

    public bool Sees(int categoryNo) => _within is null || _within.Contains(categoryNo);

    /// <returns>The categories and everything below them.</returns>
    public static HashSet<int> Below(IReadOnlyList<CategoryNode> all, IEnumerable<int> tops)
    {
        var within = new HashSet<int>(tops);
        for (var grew = true; grew;)
            grew = all.Any(category => category.Parent is { } parent && within.Contains(parent) && within.Add(category.No));
        return within;
    }
}
