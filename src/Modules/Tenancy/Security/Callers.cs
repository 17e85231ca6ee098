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
            SELECT {Columns} FROM tenancy.session s
            JOIN tenancy.app_user u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id
            JOIN tenancy.tenant t ON t.tenant_id = s.tenant_id
            WHERE s.session_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND u.active AND (NOT t.demo OR $3)
            """,
            [new NpgsqlParameter<Guid> { TypedValue = session }, new NpgsqlParameter<DateTimeOffset> { TypedValue = now }, new NpgsqlParameter<bool> { TypedValue = settings.Development }],
            async reader => await reader.ReadAsync(ct) ? Read(reader, session) : null, ct);
        if (caller is not null)
            _known.Set(key, caller, now + KnownFor);
        return caller;
    }

    public void Forget(Guid tenant, Guid session) => _known.Remove((tenant, session));

    public void ForgetUser(Guid tenant, Guid user) => _known.RemoveWhere((key, caller) => key.Tenant == tenant && caller.UserId == user);

    public static Caller Read(NpgsqlDataReader reader, Guid session) => new(
        reader.GetGuid(0), session, reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
        User.ScopeOf(reader.GetString(5), reader.GetFieldValue<string[]>(6), reader.GetFieldValue<string[]>(7), reader.GetFieldValue<string[]>(8), reader.GetBoolean(9)));
}
