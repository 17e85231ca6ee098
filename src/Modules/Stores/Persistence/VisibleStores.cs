using EPM.Platform.Http;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Persistence;

/// <summary>Stores as the caller may know them: one out of scope does not exist.</summary>
internal sealed class VisibleStores(StoresDbContext db, CurrentCaller caller)
{
    /// <exception cref="NotFound">There is none, or none for this caller.</exception>
    public async Task<Store> FindAsync(string code, CancellationToken ct) =>
        StoreCode.IsValid(code) && await db.Stores.SingleOrDefaultAsync(store => store.Code == code, ct) is { } found
        && StoreMap.Sees(caller.Value.Scope, found.Code, found.RegionCode)
            ? found
            : throw new NotFound();

    /// <summary>The region a store is to be placed in.</summary>
    /// <exception cref="Invalid">There is none that the caller knows, or he would lose sight of what is placed there.</exception>
    public async Task<Region> RegionForAsync(string storeCode, string regionCode, CancellationToken ct) =>
        StoreMap.Sees(caller.Value.Scope, storeCode, regionCode) && await db.Regions.FindAsync([db.TenantId, regionCode], ct) is { } region && await KnowsAsync(regionCode, ct)
            ? region
            : throw new Invalid([new FieldError("region", "region_unknown")]);

    // Whoever sees single stores knows the regions these are in.
    private async Task<bool> KnowsAsync(string regionCode, CancellationToken ct)
    {
        var (kind, codes) = (caller.Value.Scope.Kind, caller.Value.Scope.Stores);
        return kind != ScopeKind.Stores || await db.Stores.AnyAsync(store => store.RegionCode == regionCode && codes.Contains(store.Code), ct);
    }
}
