using EPM.Platform.Security;

namespace EPM.Stores.Domain;

internal static class RegionScope
{
    /// <summary>Whether a scope covers a region as such, and not only some of its stores.</summary>
    public static bool Sees(DataScope scope, string regionCode) =>
        scope.Kind == ScopeKind.All || (scope.Kind == ScopeKind.Regions && scope.Regions.Contains(regionCode, StringComparer.Ordinal));
}
