using EPM.Platform.Persistence;

namespace EPM.Tenancy.Domain;

/// <summary>A key that another program calls with: its own rights, its own part of the chain, its own end.</summary>
internal sealed class ApiKey : ITenantOwned
{
    /// <summary>Days before its end in which a key is shown as expiring.</summary>
    private const int WarnedDays = 14;

    public Guid TenantId { get; private set; }

    public required string KeyId { get; init; }

    public required Guid ActorId { get; init; }

    public required string Name { get; init; }

    public required byte[] SecretHash { get; set; }

    public byte[]? FormerHash { get; private set; }

    public DateTimeOffset? OverlapUntil { get; private set; }

    public required string[] Permissions { get; init; }

    /// <summary>JSON, as the API writes scopes.</summary>
    public required string Scope { get; init; }

    public DateOnly ExpiresOn { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public string? LastUsedFrom { get; private set; }

    /// <summary>Good to the end of that day where the chain is.</summary>
    public void ExpireOn(DateOnly day, TimeZoneInfo zone)
    {
        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        ExpiresOn = day;
        ExpiresAt = new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }

    /// <summary>A new secret; the one so far opens until then, and the one before that no more.</summary>
    public void Rotate(byte[] hash, DateTimeOffset overlapUntil, DateTimeOffset now)
    {
        var overlaps = overlapUntil > now;
        FormerHash = overlaps ? SecretHash : null;
        OverlapUntil = overlaps ? overlapUntil : null;
        SecretHash = hash;
    }

    public void Revoke(DateTimeOffset now)
    {
        RevokedAt ??= now;
        (FormerHash, OverlapUntil) = (null, null);
    }

    public bool IsOver(DateTimeOffset now) => RevokedAt is not null || ExpiresAt <= now;

    public string StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? "revoked" : ExpiresAt <= now ? "expired" : ExpiresAt <= now.AddDays(WarnedDays) ? "expiring" : "active";
}
