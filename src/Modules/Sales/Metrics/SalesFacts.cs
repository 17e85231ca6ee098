using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EPM.Sales.Metrics;

/// <summary>What every question about figures needs to know first, at one data version of one tenant.</summary>
internal sealed record SalesFacts(long Version, IReadOnlyList<CategoryNode> Categories, IReadOnlyDictionary<int, Period> KnownDays);

/// <summary>The facts of all tenants in process, bounded by what they hold.</summary>
internal sealed class SalesFactsKept : IDisposable
{
    private readonly MemoryCache _facts = new(new MemoryCacheOptions { SizeLimit = 500_000 });

    public SalesFacts? Find(Guid tenant, long version) =>
        _facts.TryGetValue(tenant, out SalesFacts? facts) && facts!.Version >= version ? facts : null;

    public void Keep(Guid tenant, SalesFacts facts) =>
        _facts.Set(tenant, facts, new MemoryCacheEntryOptions { Size = facts.Categories.Count + facts.KnownDays.Count + 1 });

    public void Dispose() => _facts.Dispose();
}

internal sealed class SalesFactsReader(TenantSession session, DataVersions versions, SalesFactsKept kept)
{
    private const string All = """
        SELECT c.category_no, c.code, c.name, c.parent_no, NULL::date, NULL::date FROM sales.category c WHERE c.tenant_id = $1
        UNION ALL
        SELECT s.store_no, '', '', NULL, f.day, l.day FROM unnest($2::int[]) AS s (store_no)
        CROSS JOIN LATERAL (SELECT day FROM sales.day_category r WHERE r.tenant_id = $1 AND r.category_no = 0 AND r.store_no = s.store_no ORDER BY day LIMIT 1) f
        CROSS JOIN LATERAL (SELECT day FROM sales.day_category r WHERE r.tenant_id = $1 AND r.category_no = 0 AND r.store_no = s.store_no ORDER BY day DESC LIMIT 1) l
        """;

    public async Task<SalesFacts> ReadAsync(StoreMap map, CancellationToken ct)
    {
        var version = await versions.CurrentAsync(session.TenantId, ct);
        if (kept.Find(session.TenantId, version) is { } known)
            return known;
        // Read after the version, so what is kept can only be newer than it says.
        var facts = await session.ReadAsync(All,
            [
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId },
                new NpgsqlParameter<int[]> { TypedValue = [.. map.All.Select(store => store.StoreNo)] },
            ], reader => ReadAsync(version, reader, ct), ct);
        kept.Keep(session.TenantId, facts);
        return facts;
    }

    private static async Task<SalesFacts> ReadAsync(long version, NpgsqlDataReader reader, CancellationToken ct)
    {
        var categories = new List<CategoryNode>();
        var days = new Dictionary<int, Period>();
        while (await reader.ReadAsync(ct))
        {
            if (reader.IsDBNull(4))
                categories.Add(new CategoryNode(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetInt32(3)));
            else
                days.Add(reader.GetInt32(0), new Period(reader.GetFieldValue<DateOnly>(4), reader.GetFieldValue<DateOnly>(5)));
        }
        return new SalesFacts(version, [.. categories.OrderBy(category => category.Code, StringComparer.Ordinal)], days);
    }
}
