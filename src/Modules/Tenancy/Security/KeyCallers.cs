using System.Security.Cryptography;
using EPM.Platform.Caching;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Features;
using Npgsql;

namespace EPM.Tenancy.Security;

/// <summary>
/// Who a key belongs to, with rights as they are now. Remembered for a few seconds, which is also how long another host may go on
/// after a key was revoked here; nothing but the database and this memory has a say in it.
/// </summary>
internal sealed class KeyCallers(EpmSettings settings, TimeProvider time)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ExpiringCache<(Guid Tenant, string Id), Known> _known = new(10_000, time);

    // Kept apart, so that inventions push out no key.
    private readonly ExpiringCache<(Guid Tenant, string Id), bool> _unknown = new(1_000, time);

    /// <returns>Null when the key opens nothing here, or nothing any more.</returns>
    public async ValueTask<Caller?> FindAsync(TenantSession unit, TenantInfo tenant, KeyText key, CancellationToken ct)
    {
        var name = (tenant.Id, key.Id);
        if (!_known.TryGet(name, out var known))
        {
            if (_unknown.TryGet(name, out _))
                return null;
            var until = time.GetUtcNow() + KnownFor;
            if (await ReadAsync(unit, tenant, key.Id, ct) is not { } found)
            {
                _unknown.Set(name, true, until);
                return null;
            }
            _known.Set(name, known = found, until);
        }
        return known.Opens(key.Hash(), time.GetUtcNow()) ? known.Caller : null;
    }

    public void Forget(Guid tenant, string id)
    {
        _known.Remove((tenant, id));
        _unknown.Remove((tenant, id));
    }

    private Task<Known?> ReadAsync(TenantSession unit, TenantInfo tenant, string id, CancellationToken ct) => unit.ReadAsync("""
        SELECT k.actor_id, k.name, k.permissions, k.scope, k.secret_hash, k.former_hash, k.overlap_until, k.expires_at
        FROM tenancy.api_key k JOIN tenancy.tenant t ON t.tenant_id = k.tenant_id
        WHERE k.key_id = $1 AND k.revoked_at IS NULL AND (NOT t.demo OR $2)
        """,
        [new NpgsqlParameter<string> { TypedValue = id }, new NpgsqlParameter<bool> { TypedValue = settings.Development }],
        async reader => await reader.ReadAsync(ct) ? Read(reader, tenant, id) : null, ct);

    private static Known Read(NpgsqlDataReader reader, TenantInfo tenant, string id)
    {
        var scope = ScopeView.Read(reader.GetString(3)).ToScope();
        var caller = new Caller(reader.GetGuid(0), Guid.Empty, reader.GetString(1), KeyText.Prefix(id), Roles.Integrator, tenant.Language, scope)
        {
            Via = CameBy.Key,
            // Whatever stands in the row, a key never holds more than keys may.
            Granted = reader.GetFieldValue<string[]>(2).Intersect(Permissions.OfKeys).ToHashSet(StringComparer.Ordinal),
        };
        return new Known(caller, reader.GetFieldValue<byte[]>(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5),
            reader.IsDBNull(6) ? DateTimeOffset.MinValue : reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<DateTimeOffset>(7));
    }

    private sealed record Known(Caller Caller, byte[] Hash, byte[]? Former, DateTimeOffset OverlapUntil, DateTimeOffset ExpiresAt)
    {
        // Both are always compared: the time an answer takes tells nothing of either.
        public bool Opens(byte[] hash, DateTimeOffset now)
        {
            var isNew = CryptographicOperations.FixedTimeEquals(hash, Hash);
            var isFormer = CryptographicOperations.FixedTimeEquals(hash, Former ?? Hash) & Former is not null & now < OverlapUntil;
            return (isNew | isFormer) & now < ExpiresAt;
        }
    }
}
