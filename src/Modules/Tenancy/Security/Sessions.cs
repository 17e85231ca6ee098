using System.Buffers.Text;
using System.Security.Cryptography;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <summary>A session and the refresh token that continues it.</summary>
internal sealed record OpenSession(Guid Session, string RefreshToken);

/// <summary>
/// Sessions and their refresh tokens, inside the caller's transaction. A token is used once; only the one just replaced is answered
/// for a few seconds more, with the very successor it had, so that two tabs end up with one token. Any older one is a stolen copy,
/// ours or the thief's: the session ends.
/// </summary>
internal sealed class Sessions(TenantSession unit, Callers callers, AuditTrail audit, RequestOrigin origin, Ids ids, TimeProvider time)
{
    public static readonly TimeSpan IdleFor = TimeSpan.FromDays(14);
    public static readonly TimeSpan ReuseWindow = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AtMost = TimeSpan.FromDays(90);

    public async Task<OpenSession> StartAsync(Guid user, CancellationToken ct)
    {
        var (session, now, secret) = (ids.Next(), time.GetUtcNow(), RandomNumberGenerator.GetBytes(32));
        await using (var tidy = unit.Command("DELETE FROM tenancy.session WHERE user_id = $1 AND (expires_at < $2 OR ended_at < $3)"))
            await tidy.With(user).With(now).With(now - TimeSpan.FromDays(30)).ExecuteNonQueryAsync(ct);
        await using (var start = unit.Command("""
            INSERT INTO tenancy.session (tenant_id, session_id, user_id, started_at, last_seen_at, expires_at, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
            """))
        {
            await start.With(unit.TenantId).With(session).With(user).With(now).With(now + IdleFor).With(origin.Address).With(origin.Agent).ExecuteNonQueryAsync(ct);
        }
        await KeepAsync(session, secret, generation: 1, now, ct);
        return new OpenSession(session, Base64Url.EncodeToString(secret));
    }

    /// <returns>Null when the token opens nothing any more.</returns>
    public async Task<OpenSession?> RotateAsync(string token, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Decode(token) is not { } secret || await FindAsync(secret, ct) is not { } used || used.Ended || used.ExpiresAt <= now)
            return null;
        if (used.ReplacedAt is null)
            return await ReplaceAsync(used, secret, now, ct);
        if (now - used.ReplacedAt <= ReuseWindow && await IsLastButOneAsync(used, ct))
            return new OpenSession(used.Session, Base64Url.EncodeToString(Successor(secret, used.Nonce!)));
        await EndAsync(used.Session, "token-reused", ct);
        return null;
    }

    /// <summary>Ends the session of a refresh token, whichever of its family it is.</summary>
    public async Task EndOfAsync(string token, CancellationToken ct)
    {
        if (Decode(token) is { } secret && await FindAsync(secret, ct) is { Ended: false } used)
            await EndAsync(used.Session, "signed-out", ct);
    }

    public async Task EndAsync(Guid session, string reason, CancellationToken ct)
    {
        await using var end = unit.Command("""
            UPDATE tenancy.session s SET ended_at = $1, ended_for = $2 FROM tenancy.app_user u
            WHERE s.session_id = $3 AND s.ended_at IS NULL AND u.tenant_id = s.tenant_id AND u.user_id = s.user_id RETURNING u.email
            """);
        // A revocation is told by whoever revokes.
        if (await end.With(time.GetUtcNow()).With(reason).With(session).ExecuteScalarAsync(ct) is string email && reason != "revoked")
            audit.Record("session.ended", $"user/{email}", after: new { reason });
        // Previews live on the session they were opened from; the query that finds their caller says so.
        var tenant = unit.TenantId;
        unit.AfterCommit(() => callers.Forget(tenant, session));
    }

    /// <summary>Ends the person's sessions, and whatever previews look through their eyes or were opened by them.</summary>
    /// <param name="reason">deactivated, revoked or password-changed.</param>
    /// <param name="except">A session that goes on, with the previews opened from it.</param>
    /// <returns>How many sessions of the person's own ended.</returns>
    public async Task<int> EndAllOfAsync(Guid user, string reason, CancellationToken ct, Guid? except = null)
    {
        await using var end = unit.Command("""
            WITH ended AS (
              UPDATE tenancy.session SET ended_at = $1, ended_for = $2
              WHERE ((user_id = $3 AND session_id <> $4) OR (seen_by = $3 AND seen_from <> $4)) AND ended_at IS NULL RETURNING seen_by)
            SELECT count(*)::int FROM ended WHERE seen_by IS NULL
            """);
        var ended = (int)(await end.With(time.GetUtcNow()).With(reason).With(user).With(except ?? Guid.Empty).ExecuteScalarAsync(ct))!;
        var tenant = unit.TenantId;
        unit.AfterCommit(() => callers.ForgetUser(tenant, user));
        return ended;
    }

    /// <summary>Ends one live session of that person.</summary>
    /// <exception cref="NotFound">They have no such session, or not any more.</exception>
    public async Task RevokeAsync(Guid user, Guid session, CancellationToken ct)
    {
        await using (var find = unit.Command("SELECT 1 FROM tenancy.session WHERE session_id = $1 AND user_id = $2 AND seen_by IS NULL AND ended_at IS NULL AND expires_at > $3 FOR UPDATE"))
        {
            if (await find.With(session).With(user).With(time.GetUtcNow()).ExecuteScalarAsync(ct) is null)
                throw new NotFound();
        }
        await EndAsync(session, "revoked", ct);
    }

    /// <summary>Opens a session without a refresh token, in which one person's rights are seen by another and nothing can be changed.</summary>
    public async Task<Guid> PreviewAsync(Guid user, Caller seer, TimeSpan lifetime, CancellationToken ct)
    {
        var (session, now) = (ids.Next(), time.GetUtcNow());
        await using var start = unit.Command("""
            INSERT INTO tenancy.session (tenant_id, session_id, user_id, started_at, expires_at, address, agent, seen_by, seen_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        await start.With(unit.TenantId).With(session).With(user).With(now).With(now + lifetime).With(origin.Address).With(origin.Agent)
            .With(seer.UserId).With(seer.SessionId).ExecuteNonQueryAsync(ct);
        return session;
    }

    private async Task<OpenSession> ReplaceAsync(Token used, byte[] secret, DateTimeOffset now, CancellationToken ct)
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        await using (var replace = unit.Command("UPDATE tenancy.refresh_token SET replaced_at = $1, nonce = $2 WHERE token_hash = $3"))
            await replace.With(now).With(nonce).With(SHA256.HashData(secret)).ExecuteNonQueryAsync(ct);
        var next = Successor(secret, nonce);
        await KeepAsync(used.Session, next, used.Generation + 1, now, ct);
        await using (var prolong = unit.Command("""
            UPDATE tenancy.session SET expires_at = least($1, started_at + $2), last_seen_at = $4, address = $5, agent = $6 WHERE session_id = $3
            """))
        {
            await prolong.With(now + IdleFor).With(AtMost).With(used.Session).With(now).With(origin.Address).With(origin.Agent).ExecuteNonQueryAsync(ct);
        }
        return new OpenSession(used.Session, Base64Url.EncodeToString(next));
    }

    private async Task KeepAsync(Guid session, byte[] secret, int generation, DateTimeOffset now, CancellationToken ct)
    {
        await using var keep = unit.Command("INSERT INTO tenancy.refresh_token (tenant_id, token_hash, session_id, generation, issued_at) VALUES ($1, $2, $3, $4, $5)");
        await keep.With(unit.TenantId).With(SHA256.HashData(secret)).With(session).With(generation).With(now).ExecuteNonQueryAsync(ct);
    }

    // Both rows are locked: of parallel refreshes one replaces the token, and the others then see it replaced.
    private async Task<Token?> FindAsync(byte[] secret, CancellationToken ct)
    {
        await using var find = unit.Command("""
            SELECT s.session_id, s.ended_at IS NOT NULL, s.expires_at, t.generation, t.replaced_at, t.nonce
            FROM tenancy.refresh_token t JOIN tenancy.session s ON s.tenant_id = t.tenant_id AND s.session_id = t.session_id
            WHERE t.token_hash = $1 FOR UPDATE
            """);
        await using var reader = await find.With(SHA256.HashData(secret)).ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var replaced = !await reader.IsDBNullAsync(4, ct);
        return new Token(reader.GetGuid(0), reader.GetBoolean(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt32(3),
            replaced ? reader.GetFieldValue<DateTimeOffset>(4) : null, replaced ? reader.GetFieldValue<byte[]>(5) : null);
    }

    private async Task<bool> IsLastButOneAsync(Token used, CancellationToken ct)
    {
        await using var newest = unit.Command("SELECT max(generation) FROM tenancy.refresh_token WHERE session_id = $1");
        return (int)(await newest.With(used.Session).ExecuteScalarAsync(ct))! == used.Generation + 1;
    }

    private static byte[] Successor(byte[] secret, byte[] nonce) => HMACSHA256.HashData(secret, nonce);

    private static byte[]? Decode(string token)
    {
        // It throws on a character that is none of its own, so that is asked first.
        return token.Length == 43 && Base64Url.IsValid(token, out var length) && length == 32 ? Base64Url.DecodeFromChars(token) : null;
    }

    private sealed record Token(Guid Session, bool Ended, DateTimeOffset ExpiresAt, int Generation, DateTimeOffset? ReplacedAt, byte[]? Nonce);
}
