using EPM.Platform.Caching;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Domain;
using Npgsql;

namespace EPM.Tenancy.Security;

/// <summary>
/// Who a live session belongs to, with rights as they are now. Remembered for a few seconds, which is also how long another host may
/// go on after a session was ended here.
/// </summary>
internal sealed class Callers(EpmSettings settings, TimeProvider time)
{
    /// <summary>What <see cref="Read"/> reads first, of <c>tenancy.app_user u</c>.</summary>
    public const string Columns = "u.user_id, u.name, u.email, u.role, u.language, u.scope_kind, u.scope_regions, u.scope_stores, u.scope_categories, u.sees_cost";

    // Came by password where the chain asks for a second factor, and has none yet.
    private const string Barred = """
        (s.opened_by = 'password' AND s.seen_from IS NULL AND EXISTS (SELECT FROM tenancy.sign_in_provider p WHERE p.two_factor_required)
          AND NOT EXISTS (SELECT FROM tenancy.two_factor f WHERE f.user_id = u.user_id AND f.confirmed_at IS NOT NULL))
        """;

    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ExpiringCache<(Guid Tenant, Guid Session), Caller> _known = new(20_000, time);

    /// <returns>Null when the session has ended, or its person may not be here any more.</returns>
    public async ValueTask<Caller?> FindAsync(TenantSession unit, Guid session, CancellationToken ct)
    {
        var key = (unit.TenantId, session);
        if (_known.TryGet(key, out var known))
            return known;
        var now = time.GetUtcNow();
        var caller = await unit.ReadAsync($"""
            SELECT {Columns}, own.session_id AS seen_from, seer.user_id AS seer, seer.name AS seer_name, seer.email AS seer_email, seer.role AS seer_role, {Barred} AS barred FROM tenancy.session s
            JOIN tenancy.app_user u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id
            JOIN tenancy.tenant t ON t.tenant_id = s.tenant_id
            LEFT JOIN (tenancy.session own JOIN tenancy.app_user seer ON seer.tenant_id = own.tenant_id AND seer.user_id = own.user_id)
              ON own.tenant_id = s.tenant_id AND own.session_id = s.seen_from AND own.ended_at IS NULL AND own.expires_at > $2 AND seer.active
            WHERE s.session_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND u.active AND (NOT t.demo OR $3)
              AND (s.seen_from IS NULL OR seer.user_id IS NOT NULL)
            """,
            [new NpgsqlParameter<Guid> { TypedValue = session }, new NpgsqlParameter<DateTimeOffset> { TypedValue = now }, new NpgsqlParameter<bool> { TypedValue = settings.Development }],
            async reader => await reader.ReadAsync(ct) ? ReadLive(reader, session) : null, ct);
        if (caller is not null)
            _known.Set(key, caller, now + KnownFor);
        return caller;
    }

    public void Forget(Guid tenant, Guid session) =>
        _known.RemoveWhere((key, caller) => key == (tenant, session) || (key.Tenant == tenant && caller.SeenBy?.SessionId == session));

    public void ForgetUser(Guid tenant, Guid user) =>
        _known.RemoveWhere((key, caller) => key.Tenant == tenant && (caller.UserId == user || caller.SeenBy?.UserId == user));

    // Whoever may no longer manage people sees through nobody's eyes.
    private static Caller? ReadLive(NpgsqlDataReader reader, Guid session)
    {
        var caller = Read(reader, session) with { Barred = reader.GetBoolean(reader.GetOrdinal("barred")) ? "two_factor_required" : null };
        if (reader.IsDBNull(reader.GetOrdinal("seer")))
            return caller;
        var seer = new Seer(reader.GetGuid(reader.GetOrdinal("seer")), reader.GetGuid(reader.GetOrdinal("seen_from")),
            reader.GetString(reader.GetOrdinal("seer_name")), reader.GetString(reader.GetOrdinal("seer_email")));
        return Permissions.Of(reader.GetString(reader.GetOrdinal("seer_role")), DataScope.Everything).Contains(Permissions.ManageUsers) ? caller with { SeenBy = seer, Via = CameBy.Preview } : null;
    }

    public void ForgetTenant(Guid tenant) => _known.RemoveWhere((key, _) => key.Tenant == tenant);

    public static Caller Read(NpgsqlDataReader reader, Guid session) => new(
        reader.GetGuid(0), session, reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
        User.ScopeOf(reader.GetString(5), reader.GetFieldValue<string[]>(6), reader.GetFieldValue<string[]>(7), reader.GetFieldValue<string[]>(8), reader.GetBoolean(9)));
}
