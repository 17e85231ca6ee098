using EPM.Platform.Persistence;
using EPM.Stores.Contracts;

namespace EPM.Stores.Persistence;

internal static class StoreUsages
{
    /// <summary>Asks every module that answers, and stops at the first yes.</summary>
    public static async Task<bool> AnyHasSalesAsync(this IEnumerable<IStoreUsage> usages, TenantSession session, int storeNo, CancellationToken ct)
    {
        foreach (var usage in usages)
        {
            if (await usage.HasSalesAsync(session, storeNo, ct))
                return true;
        }
        return false;
    }
}
