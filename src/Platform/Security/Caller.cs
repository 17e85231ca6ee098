using System.Text.Json.Serialization;

namespace EPM.Platform.Security;

/// <summary>What part of the chain a person may see.</summary>
/// <param name="Regions">Region codes, when <paramref name="Kind"/> is <see cref="ScopeKind.Regions"/>.</param>
/// <param name="Stores">Store codes, when <paramref name="Kind"/> is <see cref="ScopeKind.Stores"/>.</param>
/// <param name="SeesCost">Whether purchase prices, and all that follows from them, are shown.</param>
public sealed record DataScope(ScopeKind Kind, IReadOnlyList<string> Regions, IReadOnlyList<string> Stores, bool SeesCost)
{
    public static readonly DataScope Everything = new(ScopeKind.All, [], [], SeesCost: true);

    /// <summary>Codes of the categories seen, with all below them; empty for the whole assortment.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether only a part of the assortment is seen: what is known of whole stores alone is then hidden.</summary>
    [JsonIgnore]
    public bool IsPartOfAssortment => Categories.Count > 0;

    /// <summary>Canonical text of the scope: part of every cache key. Told anew each time, for a copy may differ from its original.</summary>
    [JsonIgnore]
    public string Key => string.Join('|', Kind, SeesCost, Text(Regions), Text(Stores), Text(Categories));

    private static string Text(IReadOnlyList<string> codes) => codes.Count == 0 ? "" : string.Join(',', codes.Order(StringComparer.Ordinal));
}

public enum ScopeKind
{
    All,
    Regions,
    Stores,
}

/// <summary>Roles by the names the API uses.</summary>
public static class Roles
{
    public const string Director = "director";
    public const string RegionalManager = "regional-manager";
    public const string StoreManager = "store-manager";
    public const string Analyst = "analyst";
    public const string Admin = "admin";
    public const string Integrator = "integrator";

    public static readonly IReadOnlyList<string> All = [Director, RegionalManager, StoreManager, Analyst, Admin, Integrator];
}

/// <summary>The ways in, by the names the audit trail uses.</summary>
public static class CameBy
{
    public const string Session = "session";
    public const string Key = "key";
    public const string Preview = "preview";

    /// <summary>Nobody: the product itself, in a job or from the command line.</summary>
    public const string System = "system";
}

/// <summary>The person or machine behind a request.</summary>
public sealed record Caller(Guid UserId, Guid SessionId, string Name, string Email, string Role, string Language, DataScope Scope)
{
    /// <summary>How the caller came in, for the audit trail: one of <see cref="CameBy"/>.</summary>
    public string Via { get; init; } = CameBy.Session;

    /// <summary>What a key was given, in place of what its role holds; null for people.</summary>
    public IReadOnlySet<string>? Granted { get; init; }

    /// <summary>Who looks through this person's eyes; null when it is the person.</summary>
    public Seer? SeenBy { get; init; }

    /// <summary>Why the caller may do nothing yet but see to their own account; the code they are refused with.</summary>
    public string? Barred { get; init; }

    /// <summary>What of a caller decides an answer: two with the same may share one.</summary>
    public string AnswerScope => $"{Scope.Key}|{Language}";
}

/// <summary>The administrator behind a preview: they have the rights and the scope of the person they look as, and change nothing.</summary>
/// <param name="SessionId">The administrator's own session: the preview ends with it.</param>
public sealed record Seer(Guid UserId, Guid SessionId, string Name, string Email);

/// <summary>The caller of the current request; unset on public routes.</summary>
public sealed class CurrentCaller
{
    private Caller? _caller;

    /// <exception cref="InvalidOperationException">The request is anonymous.</exception>
    public Caller Value => _caller ?? throw new InvalidOperationException("This request has no caller.");

    public bool IsSet => _caller is not null;

    public void Set(Caller caller) => _caller = caller;
}
