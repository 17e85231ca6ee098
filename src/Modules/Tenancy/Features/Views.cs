using System.Text.Json;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Security;

namespace EPM.Tenancy.Features;

/// <summary>A scope as the API writes and takes it.</summary>
/// <param name="Categories">With all below them; none for the whole assortment.</param>
internal sealed record ScopeView(string Kind, IReadOnlyList<string>? Regions, IReadOnlyList<string>? Stores, bool SeesCost, IReadOnlyList<string>? Categories = null)
{
    public static ScopeView Of(DataScope scope) => new(User.KindName(scope.Kind), scope.Regions, scope.Stores, scope.SeesCost, scope.Categories);

    /// <summary>A scope as rows keep it: what <see cref="Kept"/> made.</summary>
    public static ScopeView Read(string kept) => JsonSerializer.Deserialize<ScopeView>(kept, JsonSerializerOptions.Web)!;

    public string Kept() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public DataScope ToScope() => User.ScopeOf(Kind, [.. Regions ?? []], [.. Stores ?? []], [.. Categories ?? []], SeesCost);
}

/// <summary>A person as the API shows them to themselves.</summary>
internal sealed record UserView(Guid Id, string Name, string Email, string Role, string Language, ScopeView Scope, IReadOnlyList<string> Permissions)
{
    public static UserView Of(Caller caller) => new(caller.UserId, caller.Name, caller.Email, caller.Role, caller.Language,
        ScopeView.Of(caller.Scope), [.. Platform.Security.Permissions.Of(caller.Role, caller.Scope).Order(StringComparer.Ordinal)]);

    public static UserView Of(User user) => new(user.UserId, user.Name, user.Email, user.Role, user.Language,
        ScopeView.Of(user.Scope), [.. Platform.Security.Permissions.Of(user.Role, user.Scope).Order(StringComparer.Ordinal)]);
}

/// <summary>A person as the API shows them to an administrator.</summary>
/// <param name="LastSeenAt">As fine as refreshes are; null for somebody who never signed in.</param>
internal sealed record MemberView(
    Guid Id, string Name, string Email, string Role, string Language, ScopeView Scope, IReadOnlyList<string> Permissions, bool Active, DateTimeOffset AddedAt,
    DateTimeOffset? LastSeenAt, bool TwoFactor, bool SingleSignOn)
{
    public static MemberView Of(User user, AccountFact fact) => new(user.UserId, user.Name, user.Email, user.Role, user.Language, ScopeView.Of(user.Scope),
        [.. Platform.Security.Permissions.Of(user.Role, user.Scope).Order(StringComparer.Ordinal)], user.Active, user.AddedAt, fact.LastSeenAt, fact.TwoFactor, fact.SingleSignOn);
}

internal sealed record TenantView(string Slug, string Name, string Country, string Currency, int CurrencyDecimals, string TimeZone, string Language)
{
    public static TenantView Of(TenantInfo tenant) => new(tenant.Slug, tenant.Name, tenant.Country, tenant.Currency,
        Currencies.Decimals(tenant.Currency), tenant.TimeZone, tenant.Language);
}

/// <param name="ExpiresIn">Seconds.</param>
internal sealed record SessionView(string AccessToken, int ExpiresIn, UserView User);

/// <summary>What a browser gets: the view as body, the tokens as cookies.</summary>
/// <param name="Device">By which the browser is known again; null where it is not told anew.</param>
internal sealed record SignedIn(SessionView View, string RefreshToken, string? Device = null);
