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
}
