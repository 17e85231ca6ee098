using EPM.Platform.Persistence;

namespace EPM.Stores.Contracts;

/// <summary>Answered by every module downstream that files facts under a store's business dates.</summary>
public interface IStoreUsage
{
    /// <returns>Whether the module holds facts of this store, so that its time zone may no longer change.</returns>
    Task<bool> HasSalesAsync(TenantSession session, int storeNo, CancellationToken ct);
}
