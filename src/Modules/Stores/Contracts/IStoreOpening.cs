using EPM.Platform.Persistence;

namespace EPM.Stores.Contracts;

/// <summary>Opens stores that a file names and nobody declared, inside the caller's own transaction.</summary>
public interface IStoreOpening
{
    /// <summary>
    /// Opens every code that is no store yet: named by its code, in the region <c>sans-region</c>, with the tenant's country, currency and
    /// time zone. Two callers at once wait for each other, so a code is opened once.
    /// </summary>
    /// <param name="session">A begun session; the stores exist for others once it commits.</param>
    /// <param name="codes">Codes, existing ones included; doubles are allowed.</param>
    /// <param name="openedOn">Opening day; today in the tenant's time zone when null.</param>
    /// <returns>The store of every distinct code given, old and new, by code.</returns>
    Task<IReadOnlyList<StoreSummary>> OpenMissingAsync(TenantSession session, IReadOnlyList<string> codes, DateOnly? openedOn, CancellationToken ct);

    /// <inheritdoc cref="OpenMissingAsync(TenantSession, IReadOnlyList{string}, DateOnly?, CancellationToken)"/>
    Task<IReadOnlyList<StoreSummary>> OpenMissingAsync(TenantSession session, IReadOnlyList<string> codes, CancellationToken ct) =>
        OpenMissingAsync(session, codes, null, ct);
}
