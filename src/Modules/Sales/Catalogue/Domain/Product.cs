using EPM.Platform.Persistence;

namespace EPM.Sales.Catalogue;

internal sealed class Product : ITenantOwned
{
    public Guid TenantId { get; private set; }

    /// <summary>Key in the sales tables; never given twice.</summary>
    public required int ProductNo { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; set; }

    public required int CategoryNo { get; set; }

    /// <summary>Tax included.</summary>
    public decimal? SalePrice { get; set; }

    /// <summary>Fraction: 0.18 for eighteen per cent.</summary>
    public decimal TaxRate { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>Computed by the database; see <see cref="SearchText"/>.</summary>
    public string Search { get; private set; } = "";
}

/// <summary>A purchase price and the first day it holds.</summary>
internal sealed class ProductCost : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required int ProductNo { get; init; }

    /// <summary><see cref="DateOnly.MinValue"/> stands for "ever since".</summary>
    public required DateOnly ValidFrom { get; init; }

    public required decimal Cost { get; set; }
}
