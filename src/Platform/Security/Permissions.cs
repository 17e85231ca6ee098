using System.Collections.Frozen;

namespace EPM.Platform.Security;

/// <summary>Every permission, and the one table that says which role holds it. What is not listed is denied.</summary>
public static class Permissions
{
    public const string ViewDashboard = "dashboard.view";
    public const string ViewStores = "stores.view";
    public const string EditStores = "stores.edit";
    public const string ViewCatalogue = "catalogue.view";
    public const string EditCatalogue = "catalogue.edit";
    public const string ViewImports = "imports.view";
    public const string RunImports = "imports.run";
    public const string ViewForecasts = "forecasts.view";
    public const string EditForecasts = "forecasts.edit";
    public const string RunForecasts = "forecasts.run";
    public const string ManageUsers = "users.manage";
    public const string ViewAudit = "audit.view";
    public const string ManageKeys = "keys.manage";
    public const string ManageSettings = "settings.manage";
    public const string ViewOperations = "operations.view";
    public const string EditCalendar = "calendar.edit";

    /// <summary>What a key may be given: data in and out, never people, keys, settings or the trail.</summary>
    public static readonly IReadOnlyList<string> OfKeys = [ViewStores, ViewCatalogue, EditCatalogue, ViewImports, RunImports, ViewDashboard, ViewForecasts, RunForecasts];

    /// <summary>Held by whoever is signed in, whatever the role.</summary>
    public const string SignedIn = "signed-in";

    private static readonly FrozenDictionary<string, FrozenSet<string>> ByRole = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
    {
        [Roles.Director] = Set(ViewDashboard, ViewStores, EditStores, EditCalendar, ViewCatalogue, EditCatalogue, ViewImports, RunImports, ViewAudit, ViewForecasts, EditForecasts, RunForecasts),
        [Roles.RegionalManager] = Set(ViewDashboard, ViewStores, ViewCatalogue, ViewForecasts, EditForecasts),
        [Roles.StoreManager] = Set(ViewDashboard, ViewStores, ViewCatalogue, ViewForecasts, EditForecasts),
        [Roles.Analyst] = Set(ViewDashboard, ViewStores, EditCalendar, ViewCatalogue, ViewImports, ViewForecasts, EditForecasts, RunForecasts),
        [Roles.Admin] = Set(ViewDashboard, ViewStores, EditStores, EditCalendar, ViewCatalogue, EditCatalogue, ViewImports, RunImports, ManageUsers, ViewAudit, ManageKeys, ManageSettings, ViewOperations, ViewForecasts, RunForecasts),
        [Roles.Integrator] = Set(ViewStores, ViewCatalogue, ViewImports, RunImports, RunForecasts),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // A file, an edit or an error list may concern any product: whoever sees a part of the assortment reads that part.
    private static readonly FrozenSet<string> OfWholeAssortment = Set(EditCatalogue, ViewImports, RunImports, RunForecasts);

    public static IReadOnlyCollection<string> Of(string role, DataScope scope) => !ByRole.TryGetValue(role, out var set) ? []
        : scope.IsPartOfAssortment ? [.. set.Except(OfWholeAssortment)] : set;

    /// <summary>A key holds what it was given and nothing that goes with being a person, such as a language or a password of its own.</summary>
    public static bool Allows(Caller caller, string permission)
    {
        var holds = caller.Granted is { } granted ? granted.Contains(permission)
            : permission == SignedIn || (ByRole.TryGetValue(caller.Role, out var set) && set.Contains(permission));
        return holds && (!caller.Scope.IsPartOfAssortment || !OfWholeAssortment.Contains(permission));
    }

    private static FrozenSet<string> Set(params string[] permissions) =>
        permissions.ToFrozenSet(StringComparer.Ordinal);
}
