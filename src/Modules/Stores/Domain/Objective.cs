using EPM.Platform.Persistence;

namespace EPM.Stores.Domain;

/// <summary>Revenue with tax that a store is to make in a month.</summary>
internal sealed class Objective : ITenantOwned
{
    public const decimal Most = 1_000_000_000_000m;

    public Guid TenantId { get; private set; }

    public required int StoreNo { get; init; }

    /// <summary>First day of the month.</summary>
    public required DateOnly Month { get; init; }

    public required decimal Revenue { get; set; }
}
