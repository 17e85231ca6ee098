using EPM.Platform.Persistence;

namespace EPM.Stores.Domain;

/// <summary>Days without business, both ends included.</summary>
internal sealed class Closure : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required int StoreNo { get; init; }

    public required DateOnly FromDay { get; init; }

    public required DateOnly ToDay { get; init; }

    public required string Reason { get; init; }
}
