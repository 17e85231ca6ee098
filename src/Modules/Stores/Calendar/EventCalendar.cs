using EPM.Platform.Caching;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EPM.Stores.Calendar;

/// <summary>Calendars of all tenants in process, bounded by what chains have decided and added.</summary>
internal sealed class EventMaps : IDisposable
{
    // What the years of a map take once they were asked for.
    private const int OfYears = 500;

    private readonly MemoryCache _maps = new(new MemoryCacheOptions { SizeLimit = 1_000_000 });

    public EventMap? Find(Guid tenant, long version) =>
        _maps.TryGetValue(tenant, out EventMap? map) && map!.Version >= version ? map : null;

    public void Keep(Guid tenant, EventMap map, int rows) => _maps.Set(tenant, map, new MemoryCacheEntryOptions { Size = rows + OfYears });

    public void Dispose() => _maps.Dispose();
}

internal sealed class EventCalendar(TenantSession session, CurrentTenant tenant, DataVersions versions, IStoreDirectory stores, EventMaps maps) : IEventCalendar
{
    // One statement, hence one moment.
    private const string All = """
        SELECT code, '', country, base_day, state, from_day, to_day, lead_days, lag_days, NULL::uuid, NULL::int[] FROM stores.feast_decision
        UNION ALL
        SELECT code, name, country, from_day, 'own', from_day, to_day, lead_days, lag_days, event_id, store_nos FROM stores.own_event
        """;

    public async ValueTask<EventMap> AllAsync(CancellationToken ct)
    {
        var version = await versions.CurrentAsync(session.TenantId, ct);
        if (maps.Find(session.TenantId, version) is { } known)
            return known;
        // Read after the version, so what is kept can only be newer than it says.
        var countries = CountriesOf(await stores.AllAsync(ct), tenant.Info);
        var (decisions, own) = await session.ReadAsync(All, [], reader => ReadAsync(reader, ct), ct);
        var map = new EventMap(version, new ChainCalendar(countries, decisions, own).BeginningIn);
        maps.Keep(session.TenantId, map, decisions.Count + own.Count);
        return map;
    }

    /// <summary>Countries a chain has stores in; its own until it has any.</summary>
    public static IReadOnlyCollection<string> CountriesOf(StoreMap map, TenantInfo tenant) =>
        map.All.Count == 0 ? [tenant.Country] : map.All.Select(store => store.Country).ToHashSet(StringComparer.Ordinal);

    private static async Task<(List<Decision> Decisions, List<OwnEvent> Own)> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var (decisions, own) = (new List<Decision>(), new List<OwnEvent>());
        while (await reader.ReadAsync(ct))
        {
            var (from, to) = (reader.GetFieldValue<DateOnly>(5), reader.GetFieldValue<DateOnly>(6));
            if (!reader.IsDBNull(9))
                own.Add(ReadOwn(reader, from, to));
            else
                decisions.Add(new Decision
                {
                    Code = reader.GetString(0),
                    Country = reader.GetString(2),
                    BaseDay = reader.GetFieldValue<DateOnly>(3),
                    State = reader.GetString(4),
                    FromDay = from,
                    ToDay = to,
                    LeadDays = reader.GetInt32(7),
                    LagDays = reader.GetInt32(8),
                });
        }
        return (decisions, own);
    }

    private static OwnEvent ReadOwn(NpgsqlDataReader reader, DateOnly from, DateOnly to)
    {
        var one = new OwnEvent { EventId = reader.GetGuid(9) };
        one.Change(
            reader.GetString(0), new EventDetails(reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), from, to, reader.GetInt32(7), reader.GetInt32(8)),
            reader.IsDBNull(10) ? null : reader.GetFieldValue<int[]>(10));
        return one;
    }
}
