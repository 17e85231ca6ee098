using EPM.Stores.Contracts;
using FluentValidation;

namespace EPM.Sales.Catalogue;

/// <summary>All that is told of a product besides its SKU.</summary>
/// <param name="Category">Category code; null for none yet.</param>
/// <param name="PurchasePrice">Null leaves the price as it is.</param>
/// <param name="SalePrice">Tax included.</param>
/// <param name="TaxRate">Fraction: 0.18 for eighteen per cent.</param>
internal sealed record ProductDetails(string Name, string? Category, decimal? PurchasePrice, decimal? SalePrice, decimal TaxRate, bool Active = true);

internal sealed class ProductDetailsValidator : AbstractValidator<ProductDetails>
{
    private const decimal MostPrice = 1_000_000_000m;

    public ProductDetailsValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(product => product.Name).IsGivenName(most: 200);
        RuleFor(product => product.Category).Must(code => code is null || StoreCode.IsValid(code)).WithErrorCode("code_format");
        RuleFor(product => product.PurchasePrice).Must(IsPrice).WithErrorCode("price_range");
        RuleFor(product => product.SalePrice).Must(IsPrice).WithErrorCode("price_range");
        RuleFor(product => product.TaxRate).Must(rate => rate is >= 0 and <= 1 && decimal.Round(rate, 4) == rate).WithErrorCode("tax_rate_range");
    }

    // Sums are kept in whole ten-thousandths.
    private static bool IsPrice(decimal? price) => price is null or (>= 0 and <= MostPrice) && (price is null || decimal.Round(price.Value, 4) == price);
}

/// <summary>What a SKU may look like: it stands in comma-separated filters.</summary>
internal static class Sku
{
    public const int MostCharacters = 60;

    public static bool IsValid(string sku) =>
        sku.Length is > 0 and <= MostCharacters && sku.Trim().Length == sku.Length && !sku.Any(letter => letter is ',' or '\\' || char.IsControl(letter));

    /// <summary>Routing decodes everything in a path but the slash.</summary>
    public static string FromPath(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
