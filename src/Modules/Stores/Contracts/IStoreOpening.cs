using EPM.Platform.Persistence;

namespace EPM.Stores.Contracts;

/// <summary>Opens stores that a file names and nobody declared, inside the caller's own transaction.</summary>
public interface IStoreOpening
{
    /// <summary>
    /// Opens every code that is no store yet, in the region <c>sans-region</c>, with the tenant's country, currency and time zone.
    /// Two callers at once wait for each other, so a code is opened once.
    /// </summary>
    /// <param name="session">A begun session; the stores exist for others once it commits.</param>
    /// <param name="stores">Stores wanted, existing ones included; doubles are allowed.</param>
    /// <param name="openedOn">Opening day; today in the tenant's time zone when null.</param>
    /// <returns>The store of every distinct code given, old and new, by code.</returns>
    Task<IReadOnlyList<StoreSummary>> OpenMissingAsync(TenantSession session, IReadOnlyList<UnknownStore> stores, DateOnly? openedOn, CancellationToken ct);
}

/// <summary>A store as a file names it.</summary>
/// <param name="Code">A valid <see cref="StoreCode"/>.</param>
public sealed record UnknownStore(string Code, string Name);
