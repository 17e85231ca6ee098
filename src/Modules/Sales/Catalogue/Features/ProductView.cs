using Microsoft.EntityFrameworkCore;

namespace EPM.Sales.Catalogue;

internal sealed record CategoryName(string Code, string Name);

/// <summary>A product as the API tells it.</summary>
/// <param name="PurchasePrice">Of today; null when unknown, and for callers who may not see it.</param>
/// <param name="SalePrice">Tax included.</param>
/// <param name="TaxRate">Fraction: 0.18 for eighteen per cent.</param>
internal sealed record ProductView(
    string Sku, string Name, CategoryName? Category, decimal? PurchasePrice, decimal? SalePrice, decimal TaxRate, bool Active);

internal static class ProductReading
{
    /// <summary>Tells products in the given order, with their price of a day where the caller may see it.</summary>
    public static IQueryable<ProductView> Told(this IQueryable<Product> products, CatalogueDbContext db, bool seesCost, DateOnly day) =>
        products.Join(db.Categories, product => product.CategoryNo, category => category.CategoryNo, (product, category) => new ProductView(
            product.Sku, product.Name, new CategoryName(category.Code, category.Name),
            seesCost
                ? db.Costs.Where(cost => cost.ProductNo == product.ProductNo && cost.ValidFrom <= day)
                    .OrderByDescending(cost => cost.ValidFrom).Select(cost => (decimal?)cost.Cost).FirstOrDefault()
                : null,
            product.SalePrice, product.TaxRate, product.Active));
}
