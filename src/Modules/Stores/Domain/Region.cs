using EPM.Platform.Persistence;

namespace EPM.Stores.Domain;

internal sealed class Region : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required string RegionCode { get; init; }

    public required string Name { get; set; }
}
