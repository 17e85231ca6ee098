using EPM.Platform.Persistence;

namespace EPM.Tenancy.Domain;

internal sealed class Tenant : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required string Slug { get; init; }

    public required string Name { get; set; }

    public required string Country { get; init; }

    public required string Currency { get; init; }

    public required string TimeZone { get; init; }

    public required string Language { get; set; }

    public bool Demo { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
}
