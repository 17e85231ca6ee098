using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EPM.Stores.Persistence;

/// <summary>Maps of all tenants in process, bounded by the number of stores they hold.</summary>
internal sealed class StoreMaps : IDisposable
{
    private readonly MemoryCache _maps = new(new MemoryCacheOptions { SizeLimit = 200_000 });

    public StoreMap? Find(Guid tenant, long version) =>
        _maps.TryGetValue(tenant, out StoreMap? map) && map!.Version >= version ? map : null;

    public void Keep(Guid tenant, StoreMap map) => _maps.Set(tenant, map, new MemoryCacheEntryOptions { Size = map.All.Count + 1 });

    public void Dispose() => _maps.Dispose();
}

internal sealed class StoreDirectory(TenantSession session, DataVersions versions, StoreMaps maps) : IStoreDirectory
{
    public async ValueTask<StoreMap> AllAsync(CancellationToken ct)
    {
        var version = await versions.CurrentAsync(session.TenantId, ct);
        if (maps.Find(session.TenantId, version) is { } known)
            return known;
        // Read after the version, so what is kept can only be newer than it says.
        var map = await session.ReadAsync(All, [], reader => ReadAsync(version, reader, ct), ct);
        maps.Keep(session.TenantId, map);
        return map;
    }

    // One statement, hence one moment: regions, stores and closures fit together.
    private const string All = """
        SELECT 1, r.region_code, r.name, 0, '', '', '', '', NULL::date, NULL::date, NULL::numeric FROM stores.region r
        UNION ALL
        SELECT 2, s.code, s.name, s.store_no, s.region_code, s.country, s.currency, s.time_zone, s.opened_on, s.closed_on, s.surface FROM stores.store s
        UNION ALL
        SELECT 3, '', c.reason, c.store_no, '', '', '', '', c.from_day, c.to_day, NULL FROM stores.closure c
        ORDER BY 1
        """;

    private static async Task<StoreMap> ReadAsync(long version, NpgsqlDataReader reader, CancellationToken ct)
    {
        var regions = new Dictionary<string, RegionSummary>(StringComparer.Ordinal);
        var stores = new List<StoreSummary>();
        var closures = new List<StoreClosure>();
        while (await reader.ReadAsync(ct))
        {
            switch (reader.GetInt32(0))
            {
                case 1:
                    regions.Add(reader.GetString(1), new RegionSummary(reader.GetString(1), reader.GetString(2)));
                    break;
                case 2:
                    stores.Add(ReadStore(reader, regions[reader.GetString(4)]));
                    break;
                default:
                    closures.Add(new StoreClosure(
                        reader.GetInt32(3), reader.GetFieldValue<DateOnly>(8), reader.GetFieldValue<DateOnly>(9), reader.GetString(2)));
                    break;
            }
        }
        return new StoreMap(version, regions.Values, stores, closures);
    }

    private static StoreSummary ReadStore(NpgsqlDataReader reader, RegionSummary region) => new(
        reader.GetInt32(3), reader.GetString(1), reader.GetString(2), region.Code, region.Name, reader.GetString(5), reader.GetString(6), reader.GetString(7),
        reader.GetFieldValue<DateOnly>(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9), reader.IsDBNull(10) ? null : reader.GetDecimal(10));
}
