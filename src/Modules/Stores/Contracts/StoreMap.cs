using System.Collections.Frozen;
using EPM.Platform.Security;

namespace EPM.Stores.Contracts;

/// <summary>All stores of one tenant at one data version. Immutable: safe to keep and to share between requests of that tenant.</summary>
public sealed class StoreMap
{
    private readonly FrozenDictionary<int, StoreClosure[]> _closures;

    public StoreMap(long version, IEnumerable<RegionSummary> regions, IEnumerable<StoreSummary> stores, IEnumerable<StoreClosure> closures)
    {
        Version = version;
        Regions = [.. regions.OrderBy(region => region.Code, StringComparer.Ordinal)];
        All = [.. stores.OrderBy(store => store.Code, StringComparer.Ordinal)];
        ByCode = All.ToFrozenDictionary(store => store.Code, StringComparer.Ordinal);
        ByNo = All.ToFrozenDictionary(store => store.StoreNo);
        _closures = closures.GroupBy(closure => closure.StoreNo)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(closure => closure.From).ToArray());
    }

    /// <summary>Data version the map was read at, or a later one.</summary>
    public long Version { get; }

    /// <summary>Every region, by code.</summary>
    public IReadOnlyList<RegionSummary> Regions { get; }

    /// <summary>Every store, by code.</summary>
    public IReadOnlyList<StoreSummary> All { get; }

    /// <summary>Codes are compared exactly as written.</summary>
    public FrozenDictionary<string, StoreSummary> ByCode { get; }

    public FrozenDictionary<int, StoreSummary> ByNo { get; }

    /// <summary>The stores a scope lets its holder see, by code. Codes in the scope that name nothing are ignored.</summary>
    public IReadOnlyList<StoreSummary> VisibleTo(DataScope scope) =>
        scope.Kind == ScopeKind.All ? All : [.. All.Where(store => Sees(scope, store.Code, store.RegionCode))];

    /// <summary>Closures of a store, by first day.</summary>
    public IReadOnlyList<StoreClosure> ClosuresOf(int storeNo) => _closures.GetValueOrDefault(storeNo, []);

    /// <summary>Whether the store was to do business on a day: opened, not yet closed for good, and not within a closure.</summary>
    public bool IsOpen(StoreSummary store, DateOnly day) =>
        store.OpenedOn <= day && (store.ClosedOn is null || day < store.ClosedOn)
        && !_closures.GetValueOrDefault(store.StoreNo, []).Any(closure => closure.From <= day && day <= closure.To);

    /// <summary>The one reading of what a scope covers.</summary>
    public static bool Sees(DataScope scope, string storeCode, string regionCode) => scope.Kind switch
    {
        ScopeKind.All => true,
        ScopeKind.Regions => scope.Regions.Contains(regionCode, StringComparer.Ordinal),
        ScopeKind.Stores => scope.Stores.Contains(storeCode, StringComparer.Ordinal),
        _ => false,
    };
}
