using EPM.Platform.Http;
using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EPM.Sales.Catalogue;

/// <summary>What adding and changing a product share.</summary>
internal sealed class ProductEditing(
    TenantSession session, CatalogueDbContext db, CurrentCaller caller, CurrentTenant tenant, Texts texts, TimeProvider time)
{
    /// <summary>Begins the edit: imports under way end first, and numbers are given out one after the other.</summary>
    /// <exception cref="Forbidden">A purchase price comes from somebody who may not see any.</exception>
    public async Task BeginAsync(ProductDetails details, CancellationToken ct)
    {
        if (details.PurchasePrice is not null && !caller.Value.Scope.SeesCost)
            throw new Forbidden("cost_not_visible");
        await CatalogueNumbers.RaiseVersionAsync(session, ct);
        await CatalogueNumbers.LockAsync(session, ct);
    }

    public async Task<Category> CategoryAsync(string? code, CancellationToken ct)
    {
        var forest = await CategoryForest.LoadAsync(db, ct);
        return code is null ? await forest.UncategorisedAsync(texts, tenant.Info, ct) : forest.Require(code, "category");
    }

    /// <returns>The first day whose price is another now, or null when none was told or nothing changed.</returns>
    public async Task<DateOnly?> TellPriceAsync(int productNo, decimal? price, CancellationToken ct)
    {
        if (price is not { } told)
            return null;
        var history = new PriceHistory(productNo, await db.Costs.Where(cost => cost.ProductNo == productNo).ToListAsync(ct));
        var since = history.Tell(told, BusinessDay.Today(time, tenant.Info.TimeZone));
        db.Costs.AddRange(history.Added);
        await db.SaveChangesAsync(ct);
        return since;
    }

    public async Task<ProductView> TellAsync(int productNo, CancellationToken ct) =>
        await db.Products.Where(product => product.ProductNo == productNo)
            .Told(db, caller.Value.Scope.SeesCost, BusinessDay.Today(time, tenant.Info.TimeZone)).SingleAsync(ct);
}
