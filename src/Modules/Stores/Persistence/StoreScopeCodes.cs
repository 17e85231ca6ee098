using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;

namespace EPM.Stores.Persistence;

internal sealed class StoreScopeCodes(IStoreDirectory stores) : IScopeCodes
{
    public async ValueTask<IReadOnlyCollection<string>> UnknownAsync(DataScope scope, CancellationToken ct)
    {
        if (scope.Kind == ScopeKind.All)
            return [];
        var map = await stores.AllAsync(ct);
        if (scope.Kind == ScopeKind.Stores)
            return scope.Stores.All(map.ByCode.ContainsKey) ? [] : [nameof(DataScope.Stores)];
        var regions = map.Regions.Select(region => region.Code).ToHashSet(StringComparer.Ordinal);
        return scope.Regions.All(regions.Contains) ? [] : [nameof(DataScope.Regions)];
    }
}
