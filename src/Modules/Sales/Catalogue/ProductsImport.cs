using EPM.Platform.Imports;
using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Rollups;
using EPM.Stores.Contracts;

namespace EPM.Sales.Catalogue;

/// <summary>Products by SKU, with the categories they name. An empty field leaves what a known product has.</summary>
internal sealed class ProductsImport(CurrentTenant tenant, CurrentCaller caller, Texts texts, TimeProvider time, IRollupRebuild rebuild) : IImportKind
{
    private static readonly ProductDetailsValidator Validator = new();

    public string Name => "products";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new("sku", Required: true,
            "codeproduit", "codearticle", "article", "reference", "ref", "produit", "product", "productid", "stockcode", "ean", "barcode"),
        new("name", Required: false, "nom", "libelle", "designation", "description", "productname", "nomproduit"),
        new("category", Required: false, "categorie", "codecategorie", "categorycode", "famille", "rayon"),
        new("category_name", Required: false, "nomcategorie", "libellecategorie", "nomfamille"),
        new("parent_category", Required: false, "categorieparente", "parent", "categoriemere", "famillemere"),
        new("purchase_price", Required: false, "prixachat", "cout", "cost", "coutachat", "pa", "purchasecost"),
        new("sale_price", Required: false, "prixvente", "prix", "price", "pv", "prixventettc", "prixttc"),
        new("tax_rate", Required: false, "tva", "tauxtva", "vat", "taxe", "tauxtaxe", "tax"),
        new("active", Required: false, "actif", "enabled"),
    ];

    public async Task<IReadOnlyList<RowOutcome>> ApplyAsync(TenantSession session, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        await CatalogueNumbers.RaiseVersionAsync(session, ct);
        await CatalogueNumbers.LockAsync(session, ct);
        await using var db = new CatalogueDbContext(session);
        var changes = new CatalogueChanges(session, rebuild);
        var skus = rows.Select(row => row.Text("sku")).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var batch = await ProductBatch.LoadAsync(db, changes, skus, BusinessDay.Today(time, tenant.Info.TimeZone), ct);
        var outcomes = new List<RowOutcome>(rows.Count);
        foreach (var row in rows)
            outcomes.Add(await ApplyAsync(batch, row, ct));
        await batch.SaveAsync(ct);
        if (outcomes.Exists(outcome => outcome.State is RowState.Added or RowState.Updated))
            await changes.ApplyAsync(ct);
        return outcomes;
    }

    private async Task<RowOutcome> ApplyAsync(ProductBatch batch, ImportRow row, CancellationToken ct)
    {
        var errors = new List<RowError>();
        var sku = row.Required("sku", Sku.MostCharacters, errors);
        if (errors.Count == 0 && !Sku.IsValid(sku))
            errors.Add(new RowError("sku", "sku_format", sku));
        var known = batch.Find(sku);
        var details = Read(row, sku, known, batch, errors);
        errors.AddRange(ProductErrors.In(Validator.Validate(details), errors));
        var parent = row.Text("parent_category");
        if (parent is not null && !StoreCode.IsValid(parent))
            errors.Add(new RowError("parent_category", "code_format", parent));
        if (details.PurchasePrice is not null && caller.IsSet && !caller.Value.Scope.SeesCost)
            errors.Add(new RowError("purchase_price", "cost_not_visible", ""));
        if (errors.Count == 0 && details.Category is { } code && batch.FaultOf(code, parent) is { } fault)
            errors.Add(new RowError("parent_category", fault, parent ?? ""));
        if (errors.Count > 0)
            return RowOutcome.Rejected(errors);
        var (category, altered) = details.Category is { } named
            ? await batch.PlaceAsync(named, row.Text("category_name"), parent, ct)
            : (await batch.Forest.UncategorisedAsync(texts, tenant.Info, ct), false);
        if (known is null)
        {
            batch.Add(sku, details, category);
            return RowOutcome.Added;
        }
        return batch.Change(known, details, category) || altered ? RowOutcome.Updated : RowOutcome.Unchanged;
    }

    private static ProductDetails Read(ImportRow row, string sku, Product? known, ProductBatch batch, List<RowError> errors)
    {
        var tax = row.Number("tax_rate", errors);
        return new ProductDetails(
            row.Text("name") ?? known?.Name ?? sku,
            row.Text("category") ?? (known is null ? null : batch.Forest.At(known.CategoryNo).Code),
            row.Number("purchase_price", errors),
            row.Number("sale_price", errors) ?? known?.SalePrice,
            // Spreadsheets write eighteen per cent as 18 as often as 0.18, and no tax is above the price itself.
            (tax > 1 ? tax / 100 : tax) ?? known?.TaxRate ?? 0,
            row.YesNo("active", errors) ?? known?.Active ?? true);
    }
}
