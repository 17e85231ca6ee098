using System.Globalization;
using EPM.Platform.Imports;
using FluentValidation.Results;

namespace EPM.Sales.Catalogue;

internal static class ProductErrors
{
    /// <summary>Tells broken rules of a product by the file's columns, leaving out columns that could not even be read.</summary>
    public static IEnumerable<RowError> In(ValidationResult result, IReadOnlyCollection<RowError> unread) =>
        result.Errors
            .Select(failure => new RowError(
                Column(failure.PropertyName), Code(failure.ErrorCode), Convert.ToString(failure.AttemptedValue, CultureInfo.InvariantCulture) ?? ""))
            .Where(error => unread.All(other => other.Column != error.Column)).ToArray();

    private static string Column(string property) => property switch
    {
        nameof(ProductDetails.PurchasePrice) => "purchase_price",
        nameof(ProductDetails.SalePrice) => "sale_price",
        nameof(ProductDetails.TaxRate) => "tax_rate",
        _ => property.ToLowerInvariant(),
    };

    private static string Code(string code) => code switch
    {
        "NotEmptyValidator" => "import_required",
        "MaximumLengthValidator" => "import_too_long",
        _ => code,
    };
}
