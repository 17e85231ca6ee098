using EPM.Platform.Persistence;
using EPM.Platform.Security;

namespace EPM.Tenancy.Domain;

/// <summary>A person or machine that signs in, with one role and the part of the chain it may see.</summary>
internal sealed class User : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public required Guid UserId { get; init; }

    public required string Email { get; init; }

    public required string Name { get; set; }

    public required string Role { get; set; }

    public required string Language { get; set; }

    public string ScopeKind { get; private set; } = "all";

    public string[] ScopeRegions { get; private set; } = [];

    public string[] ScopeStores { get; private set; } = [];

    public string[] ScopeCategories { get; private set; } = [];

    public bool SeesCost { get; private set; }

    public bool Active { get; set; } = true;

    public required string PasswordHash { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    public DataScope Scope => ScopeOf(ScopeKind, ScopeRegions, ScopeStores, ScopeCategories, SeesCost);

    public bool IsActiveAdmin => Active && Role == Roles.Admin;

    /// <summary>Codes of the other kind are dropped: a scope says one thing.</summary>
    public void See(DataScope scope)
    {
        ScopeKind = KindName(scope.Kind);
        ScopeRegions = scope.Kind == Platform.Security.ScopeKind.Regions ? Tidy(scope.Regions) : [];
        ScopeStores = scope.Kind == Platform.Security.ScopeKind.Stores ? Tidy(scope.Stores) : [];
        ScopeCategories = Tidy(scope.Categories);
        SeesCost = scope.SeesCost;
    }

    public static DataScope ScopeOf(string kind, string[] regions, string[] stores, string[] categories, bool seesCost) => new(kind switch
    {
        "all" => Platform.Security.ScopeKind.All,
        "regions" => Platform.Security.ScopeKind.Regions,
        "stores" => Platform.Security.ScopeKind.Stores,
        _ => throw new InvalidOperationException($"Unknown kind of scope '{kind}'."),
    }, regions, stores, seesCost)
    { Categories = categories };

    public static string KindName(ScopeKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>People are found by this form of their address.</summary>
    public static string Normal(string email) => email.Trim().ToLowerInvariant();

    private static string[] Tidy(IEnumerable<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
