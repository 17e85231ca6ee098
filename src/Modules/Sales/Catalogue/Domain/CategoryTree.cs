namespace EPM.Sales.Catalogue;

/// <summary>Rules of the category forest, on numbers and their parents.</summary>
internal static class CategoryTree
{
    public const int MostLevels = 5;

    /// <summary>Walks from a category up to its root.</summary>
    public static IEnumerable<int> SelfAndAncestors(int category, IReadOnlyDictionary<int, int?> parents)
    {
        for (int? at = category; at is { } number; at = parents.GetValueOrDefault(number))
            yield return number;
    }

    /// <summary>A category and everything below it.</summary>
    public static IReadOnlyList<int> SelfAndDescendants(int category, IReadOnlyDictionary<int, int?> parents) =>
        [.. parents.Keys.Where(candidate => SelfAndAncestors(candidate, parents).Contains(category))];

    /// <returns>The code of the rule that keeps <paramref name="category"/> from hanging under <paramref name="parent"/>, or null.</returns>
    public static string? Fault(int category, int? parent, IReadOnlyDictionary<int, int?> parents)
    {
        if (parent is not { } above)
            return null;
        var path = SelfAndAncestors(above, parents).ToArray();
        if (path.Contains(category))
            return "category_cycle";
        return path.Length + Height(category, parents) > MostLevels ? "category_too_deep" : null;
    }

    private static int Height(int category, IReadOnlyDictionary<int, int?> parents) =>
        parents.Keys.Append(category).Max(candidate =>
        {
            var path = SelfAndAncestors(candidate, parents).TakeWhile(number => number != category).Count();
            return SelfAndAncestors(candidate, parents).Contains(category) ? path + 1 : 0;
        });
}
