using EPM.Platform.Persistence;

namespace EPM.Sales.Rollups;

/// <summary>Computes rollups anew from the sale lines, in the transaction of the change that makes them differ.</summary>
internal interface IRollupRebuild
{
    /// <summary>Rebuilds every store-day on which one of the products was sold.</summary>
    Task ForProductsAsync(TenantSession session, IReadOnlyCollection<int> productNos, CancellationToken ct);

    Task ForAllAsync(TenantSession session, CancellationToken ct);
}
