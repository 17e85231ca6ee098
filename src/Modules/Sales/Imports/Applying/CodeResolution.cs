using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Catalogue;
using EPM.Sales.Imports.Reading;
using EPM.Stores.Contracts;

namespace EPM.Sales.Imports.Applying;

/// <summary>
/// Turns the store and product codes of a file into the tenant's numbers, once a code; creates what is unknown where the mapping says so.
/// Lives as long as the import.
/// </summary>
internal sealed class CodeResolution(
    Layout layout, DataScope scope, IStoreDirectory directory, IStoreOpening opening, CatalogueImports catalogueImports, FileCodes storeCodes, FileCodes productCodes)
{
    private readonly List<StoreSummary?> _stores = [];
    private readonly List<CatalogueProduct?> _products = [];
    private readonly Dictionary<int, StoreClock> _clocks = [];
    private readonly Dictionary<int, CatalogueProduct> _byNo = [];

    public CatalogueSnapshot Catalogue { get; private set; } = new(-1, [], [], []);

    public ProductPrices Prices { get; private set; } = ProductPrices.None;

    public StoreSummary? Store(int index) => index < 0 ? null : _stores[index];

    public CatalogueProduct? Product(int index) => index < 0 ? null : _products[index];

    public string StoreText(int index) => storeCodes[index];

    public string ProductText(int index) => productCodes[index];

    /// <returns>The product's own tax rate in basis points.</returns>
    public int TaxOf(int productNo) => (int)(_byNo[productNo].TaxRate * 10_000);

    public StoreClock ClockOf(int storeNo) => _clocks[storeNo];

    public int[] CategoryPath(int productNo) => Catalogue.Categories[_byNo[productNo].CategoryNo].SelfAndAncestors;

    /// <returns>Purchase price in ten-thousandths on a business date, or null when none is known.</returns>
    public long? CostOf(int productNo, int day)
    {
        var product = _byNo[productNo];
        return product.CostCount == 0 ? null
            : Catalogue.CostOn(product, DateOnly.FromDayNumber(day)) is { } cost ? Amount.FromDecimal(cost) : null;
    }

    /// <summary>Brings stores, catalogue and all codes seen so far up to date inside the session's transaction.</summary>
    public async Task PrepareAsync(TenantSession session, LineBatch batch, CancellationToken ct)
    {
        if (await CatalogueImports.HoldAsync(session, ct) != Catalogue.Version)
        {
            Catalogue = await CatalogueImports.LoadAsync(session, ct);
            Prices = await ProductPrices.LoadAsync(session, ct);
            _products.Clear();
            _byNo.Clear();
            foreach (var product in Catalogue.BySku.Values)
                _byNo[product.ProductNo] = product;
        }
        await ResolveStoresAsync(session, batch, ct);
        await ResolveProductsAsync(session, batch, ct);
    }

    private async Task ResolveStoresAsync(TenantSession session, LineBatch batch, CancellationToken ct)
    {
        if (_stores.Count == storeCodes.Count)
            return;
        var map = await directory.AllAsync(ct);
        var visible = map.VisibleTo(scope);
        foreach (var store in map.All)
            _clocks.TryAdd(store.StoreNo, new StoreClock(store.TimeZone));
        var unknown = new List<UnknownStore>();
        var from = _stores.Count;
        for (var i = from; i < storeCodes.Count; i++)
        {
            var found = Find(visible, storeCodes[i]);
            _stores.Add(found);
            var code = Headers.Slug(storeCodes[i]);
            if (found is null && StoreCode.IsValid(code))
                unknown.Add(new UnknownStore(code, storeCodes[i]));
        }
        if (unknown.Count == 0 || !layout.CreatesStores || scope.Kind != ScopeKind.All)
            return;
        var opened = await opening.OpenMissingAsync(session, unknown, FirstDay(batch), ct);
        foreach (var store in opened)
        {
            _clocks.TryAdd(store.StoreNo, new StoreClock(store.TimeZone));
            for (var i = from; i < _stores.Count; i++)
            {
                if (_stores[i] is null && Find([store], storeCodes[i]) is not null)
                    _stores[i] = store;
            }
        }
        session.FiguresChange();
    }

    // A store that only its sales tell of has been open since the first of them.
    private static DateOnly? FirstDay(LineBatch batch)
    {
        DateOnly? first = null;
        foreach (ref readonly var line in batch.Lines)
        {
            var day = DateOnly.FromDateTime(line.SoldAt.Local);
            first = first is null || day < first ? day : first;
        }
        return first;
    }

    // A file may name a store by its code, by its name, or by what a code is made of.
    private static StoreSummary? Find(IReadOnlyList<StoreSummary> stores, string code)
    {
        if (code.Length == 0)
            return stores.Count == 1 ? stores[0] : null;
        var slug = Headers.Slug(code);
        return stores.FirstOrDefault(store => store.Code == code)
            ?? stores.FirstOrDefault(store => store.Code.Equals(code, StringComparison.OrdinalIgnoreCase))
            ?? stores.FirstOrDefault(store => slug.Length > 0 && (store.Code == slug || Headers.Slug(store.Name) == slug));
    }

    private async Task ResolveProductsAsync(TenantSession session, LineBatch batch, CancellationToken ct)
    {
        var missing = new List<(int Index, KeyValuePair<string, string?> Wanted)>();
        for (var i = _products.Count; i < productCodes.Count; i++)
        {
            var known = Catalogue.BySku.TryGetValue(productCodes[i], out var product);
            _products.Add(known ? product : null);
            if (!known && layout.CreatesProducts)
                missing.Add((i, new(productCodes[i], Name(batch, i))));
        }
        if (missing.Count == 0)
            return;
        var created = await catalogueImports.CreateMissingProductsAsync(session, [.. missing.Select(m => m.Wanted)], ct);
        Catalogue.Adopt(created);
        foreach (var (index, wanted) in missing)
        {
            var product = created.BySku[wanted.Key];
            _products[index] = product;
            _byNo[product.ProductNo] = product;
        }
    }

    private static string? Name(LineBatch batch, int index) =>
        batch.ProductNames.TryGetValue(index, out var name) && name.Length > 0 ? name : null;
}
