using System.Text.Json.Serialization;

namespace EPM.Sales.Imports;

/// <summary>How a foreign layout turns into canonical lines.</summary>
/// <param name="Columns">Canonical column to the file's own header.</param>
/// <param name="Constants">Canonical column to the value it has on every line.</param>
/// <param name="LineNumber"><c>column</c>, or <c>ordinal</c>: the line's place within its ticket.</param>
/// <param name="UnknownProducts"><c>reject</c> or <c>create</c>.</param>
/// <param name="UnknownStores"><c>reject</c> or <c>create</c>.</param>
internal sealed record Mapping(
    string Name,
    string Kind,
    bool BuiltIn,
    IReadOnlyDictionary<string, string> Columns,
    IReadOnlyDictionary<string, string> Constants,
    string LineNumber,
    string UnknownProducts,
    string UnknownStores,
    string? Separator = null,
    string? Encoding = null,
    string? Decimal = null,
    string? DateOrder = null)
{
    public const string Create = "create";
    public const string Reject = "reject";
    public const string Ordinal = "ordinal";
    public const string Column = "column";

    [JsonIgnore]
    public bool CreatesProducts => UnknownProducts == Create;

    [JsonIgnore]
    public bool CreatesStores => UnknownStores == Create;
}

/// <summary>Layouts the product knows by itself.</summary>
internal static class BuiltInMappings
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>The public « Online Retail » data set of the UCI repository: invoices without line numbers, the country as the store.</summary>
    public static readonly Mapping UciOnlineRetail = new(
        "uci-online-retail", "sales", BuiltIn: true,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SalesColumns.Ticket] = "InvoiceNo",
            [SalesColumns.Sku] = "StockCode",
            [SalesColumns.ProductName] = "Description",
            [SalesColumns.Quantity] = "Quantity",
            [SalesColumns.SoldAt] = "InvoiceDate",
            [SalesColumns.UnitPrice] = "UnitPrice",
            [SalesColumns.Customer] = "CustomerID",
            [SalesColumns.Store] = "Country",
        },
        None, Mapping.Ordinal, Mapping.Create, Mapping.Create);

    /// <summary>Quantities a day and product, nothing else: the simplest file a shop can make.</summary>
    public static readonly Mapping DailyQuantities = new(
        "daily-quantities", "sales", BuiltIn: true,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SalesColumns.SoldAt] = "date",
            [SalesColumns.Sku] = "product_id",
            [SalesColumns.Quantity] = "quantity",
        },
        new Dictionary<string, string>(StringComparer.Ordinal) { [SalesColumns.Store] = "principal" },
        Mapping.Ordinal, Mapping.Create, Mapping.Create);

    public static readonly IReadOnlyList<Mapping> All = [UciOnlineRetail, DailyQuantities];
}
