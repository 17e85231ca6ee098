namespace EPM.Sales.Contracts;

/// <summary>Answers which products the current tenant has. Kept in process per data version; only committed products are in it.</summary>
public interface IProductDirectory
{
    /// <returns>The catalogue of the current tenant at its current data version.</returns>
    ValueTask<ProductMap> AllAsync(CancellationToken ct);
}

/// <summary>A product as other modules may know it.</summary>
/// <param name="ProductNo">The tenant's own small number of the product: its key in the sales tables.</param>
/// <param name="SalePrice">With tax, in the tenant's currency; null when none was given.</param>
/// <param name="Active">False once it is sold no more.</param>
/// <param name="Search">Sku and name in lower case, without accents.</param>
public sealed record ProductSummary(int ProductNo, string Sku, string Name, int CategoryNo, decimal? SalePrice, bool Active, string Search);

/// <param name="ParentNo">Null at the top.</param>
public sealed record CategorySummary(int CategoryNo, string Code, string Name, int? ParentNo);
