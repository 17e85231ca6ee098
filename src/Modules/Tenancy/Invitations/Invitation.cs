using EPM.Platform.Persistence;

namespace EPM.Tenancy.Invitations;

/// <summary>Somebody is asked to join, with role and scope as they will be. Its link works once, for a week.</summary>
internal sealed class Invitation : ITenantOwned
{
    public static readonly TimeSpan OpenFor = TimeSpan.FromDays(7);

    public Guid TenantId { get; private set; }

    public required Guid InvitationId { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Language { get; init; }

    /// <summary>JSON, as the API writes a scope.</summary>
    public required string Scope { get; init; }

    public required Guid InvitedBy { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public byte[] TokenHash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Neither accepted nor withdrawn; it may have expired.</summary>
    public bool IsPending => AcceptedAt is null && WithdrawnAt is null;

    /// <summary>Any link made before opens nothing any more.</summary>
    public void Open(byte[] tokenHash, DateTimeOffset now) => (TokenHash, ExpiresAt) = (tokenHash, now + OpenFor);

    public string StateAt(DateTimeOffset now) => this switch
    {
        { AcceptedAt: not null } => "accepted",
        { WithdrawnAt: not null } => "withdrawn",
        _ => now < ExpiresAt ? "open" : "expired",
    };
}
