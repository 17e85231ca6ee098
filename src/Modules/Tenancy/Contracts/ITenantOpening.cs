using EPM.Platform.Security;
using EPM.Platform.Tenancy;

namespace EPM.Tenancy.Contracts;

/// <summary>Opens tenants outside HTTP, for the seed and for tests. What it is given is trusted: the sign-up route validates before it asks.</summary>
public interface ITenantOpening
{
    /// <summary>Opens the tenant with its first people, all or nothing.</summary>
    /// <exception cref="Platform.Http.Conflict"><c>slug_taken</c>: the subdomain is in use.</exception>
    Task<TenantInfo> OpenAsync(TenantToOpen tenant, IReadOnlyList<UserToAdd> users, CancellationToken ct);
}

/// <param name="Slug">Subdomain: a DNS label in lower case.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Language">fr or en.</param>
/// <param name="Demo">True for the demonstration tenant: nobody signs in to it outside development.</param>
/// <param name="Site">Its address, as its first people are told it; null when they need not be told.</param>
public sealed record TenantToOpen(string Slug, string Name, string Country, string Currency, string TimeZone, string Language, bool Demo = false, Uri? Site = null);

/// <param name="Password">In clear text; only its hash is kept.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record UserToAdd(string Name, string Email, string Password, string Role, string Language, DataScope Scope);
