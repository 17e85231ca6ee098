using EPM.Platform.Imports;

namespace EPM.Sales.Imports;

/// <summary>The canonical columns of a sales file, and the headers that tills and spreadsheets give them.</summary>
internal static class SalesColumns
{
    public const string Store = "store";
    public const string Ticket = "ticket";
    public const string Line = "line";
    public const string SoldAt = "sold_at";
    public const string Sku = "sku";
    public const string Quantity = "quantity";
    public const string UnitPrice = "unit_price";
    public const string Discount = "discount";
    public const string TaxRate = "tax_rate";
    public const string Customer = "customer";
    public const string ProductName = "product_name";

    public static readonly IReadOnlyList<ImportColumn> All =
    [
        new(Store, Required: false, "magasin", "boutique", "pointdevente", "pdv", "storecode", "storeid", "shop", "codemagasin", "magasinid", "agence"),
        new(Ticket, Required: false, "noticket", "numeroticket", "receipt", "receiptno", "invoice", "invoiceno", "transaction", "transactionid", "facture", "venteid", "orderid"),
        new(Line, Required: false, "ligne", "lineno", "noligne", "itemno", "numeroligne"),
        new(SoldAt, Required: true, "datevente", "date", "datetime", "dateheure", "timestamp", "invoicedate", "soldon", "saledate", "horodatage", "jour", "day"),
        new(Sku, Required: true, "productid", "product", "produit", "article", "codearticle", "codeproduit", "stockcode", "reference", "ref", "ean", "barcode", "produitid", "itemid"),
        new(Quantity, Required: true, "quantite", "qty", "qte", "units", "unites"),
        new(UnitPrice, Required: false, "prixunitaire", "price", "prix", "unitprice", "pu", "puttc", "prixttc"),
        new(Discount, Required: false, "remise", "rabais"),
        new(TaxRate, Required: false, "tva", "tauxtva", "vat", "taxe", "tauxtaxe"),
        new(Customer, Required: false, "client", "customerid", "clientid", "codeclient"),
        new(ProductName, Required: false, "description", "libelle", "designation", "nomproduit"),
    ];
}
