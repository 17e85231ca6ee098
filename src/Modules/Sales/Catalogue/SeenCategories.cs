using EPM.Platform.Security;
using EPM.Sales.Metrics;

namespace EPM.Sales.Catalogue;

internal static class SeenCategories
{
    /// <returns>Which of the tenant's categories a scope covers.</returns>
    public static CategoryReach SeenBy(this IEnumerable<Category> all, DataScope scope) =>
        new([.. all.Select(category => new CategoryNode(category.CategoryNo, category.Code, category.Name, category.ParentNo))], scope);
}
