using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EPM.Stores.Calendar;

/// <summary>The calendar as whoever changes it may know it, inside the request's transaction.</summary>
internal sealed class EventBook(TenantSession session, StoresDbContext db, CurrentTenant tenant, CurrentCaller caller)
{
    // One statement, so that two people who decide at once do not fail each other.
    private const string Upsert = """
        INSERT INTO stores.feast_decision (tenant_id, code, country, base_day, state, from_day, to_day, lead_days, lag_days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (tenant_id, code, country, base_day) DO UPDATE SET
          state = excluded.state, from_day = excluded.from_day, to_day = excluded.to_day, lead_days = excluded.lead_days, lag_days = excluded.lag_days
        """;

    /// <returns>A feast as it stands, or null when the address names none.</returns>
    /// <exception cref="Forbidden">It is the whole chain's, of which the caller sees a part.</exception>
    public async Task<KnownFeast?> FeastAsync(string id, CancellationToken ct)
    {
        if (!FeastKey.TryRead(id, out var key))
            return null;
        if ((await CalendarAsync(ct)).Find(key) is not { } feast)
            return null;
        return SeesAll ? feast : throw new Forbidden();
    }

    /// <exception cref="NotFound">There is no such event, or none for this caller.</exception>
    /// <exception cref="Forbidden">It concerns stores that the caller does not see as well.</exception>
    public async Task<OwnEvent> OwnAsync(string id, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var number) || await db.OwnEvents.FindAsync([db.TenantId, number], ct) is not { } own)
            throw new NotFound();
        if (SeesAll)
            return own;
        var seen = own.StoreNos is { } numbers ? (await StoresAsync(ct)).Where(store => numbers.Contains(store.StoreNo)).Count(Sees) : 0;
        return own.StoreNos is null || (seen > 0 && seen < own.StoreNos.Length) ? throw new Forbidden() : seen > 0 ? own : throw new NotFound();
    }

    /// <summary>Numbers of the stores an event is to be for.</summary>
    /// <exception cref="Invalid">A code names none that the caller knows, or the country is none of the chain's.</exception>
    /// <exception cref="Forbidden">It is to be for stores that the caller does not see.</exception>
    public async Task<int[]?> PlaceAsync(string? country, IReadOnlyList<string>? codes, CancellationToken ct)
    {
        var stores = await StoresAsync(ct);
        if (country is not null && stores.All(store => store.Country != country) && !(stores.Count == 0 && country == tenant.Info.Country))
            throw new Invalid([new FieldError("country", "event_country_unknown")]);
        if (codes is null or [])
            return SeesAll ? null : throw new Forbidden();
        var numbers = stores.Where(store => Sees(store) && codes.Contains(store.Code, StringComparer.Ordinal)).Select(store => store.StoreNo).Order().ToArray();
        return numbers.Length == codes.Distinct(StringComparer.Ordinal).Count() ? numbers : throw new Invalid([new FieldError("stores", "event_store_unknown")]);
    }

    public async Task DecideAsync(FeastKey key, string state, EventOccurrence decided, CancellationToken ct)
    {
        await using var upsert = session.Command(Upsert);
        upsert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        upsert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Code });
        upsert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Country ?? "" });
        upsert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = key.Base });
        upsert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = state });
        upsert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = decided.From });
        upsert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = decided.To });
        upsert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = decided.Lead });
        upsert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = decided.Lag });
        await upsert.ExecuteNonQueryAsync(ct);
        session.FiguresChange();
    }

    /// <summary>Leaves a feast to its proposal again.</summary>
    public async Task ForgetAsync(FeastKey key, CancellationToken ct)
    {
        var country = key.Country ?? "";
        await db.Decisions.Where(row => row.Code == key.Code && row.Country == country && row.BaseDay == key.Base).ExecuteDeleteAsync(ct);
        session.FiguresChange();
    }

    public async Task<ChainCalendar> CalendarAsync(CancellationToken ct)
    {
        var countries = await db.Stores.Select(store => store.Country).Distinct().ToListAsync(ct);
        return new ChainCalendar(countries.Count == 0 ? [tenant.Info.Country] : countries, await db.Decisions.AsNoTracking().ToListAsync(ct), []);
    }

    public bool SeesAll => caller.Value.Scope.Kind == ScopeKind.All;

    private bool Sees(Store store) => StoreMap.Sees(caller.Value.Scope, store.Code, store.RegionCode);

    private Task<List<Store>> StoresAsync(CancellationToken ct) => db.Stores.AsNoTracking().ToListAsync(ct);
}
