using System.Buffers.Text;
using System.Security.Cryptography;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Security;

/// <summary>
/// The browsers that a person has signed in from, inside the caller's transaction. Being known opens nothing: it only keeps the
/// person's own tries apart from a stranger's.
/// </summary>
internal sealed class KnownDevices(TenantSession unit, TimeProvider time)
{
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(365);

    private const int MostOfAPerson = 20;

    /// <returns>The device's hash, if the person with that address has signed in from it.</returns>
    public async Task<byte[]?> FindAsync(string email, string? token, CancellationToken ct)
    {
        if (HashOf(token) is not { } hash)
            return null;
        await using var find = unit.Command("""
            SELECT 1 FROM tenancy.known_device d JOIN tenancy.app_user u ON u.tenant_id = d.tenant_id AND u.user_id = d.user_id
            WHERE u.email = $1 AND d.device_hash = $2 AND d.seen_at > $3
            """);
        return await find.With(email).With(hash).With(time.GetUtcNow() - KnownFor).ExecuteScalarAsync(ct) is null ? null : hash;
    }

    /// <summary>Remembers the browser; one that several people share keeps its token.</summary>
    /// <returns>The token it is to keep.</returns>
    public async Task<string> RememberAsync(Guid user, string? token, CancellationToken ct)
    {
        if (HashOf(token) is not { } hash || !await IsOursAsync(hash, ct))
        {
            var secret = RandomNumberGenerator.GetBytes(32);
            (token, hash) = (Base64Url.EncodeToString(secret), SHA256.HashData(secret));
        }
        await using (var remember = unit.Command("""
            INSERT INTO tenancy.known_device (tenant_id, user_id, device_hash, seen_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, user_id, device_hash) DO UPDATE SET seen_at = excluded.seen_at
            """))
            await remember.With(unit.TenantId).With(user).With(hash).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct);
        await using var tidy = unit.Command("""
            DELETE FROM tenancy.known_device WHERE user_id = $1 AND device_hash IN
              (SELECT device_hash FROM tenancy.known_device WHERE user_id = $1 ORDER BY seen_at DESC, device_hash OFFSET $2)
            """);
        await tidy.With(user).With(MostOfAPerson).ExecuteNonQueryAsync(ct);
        return token!;
    }

    // A token that was never given out here would be somebody's choice, and known to them.
    private async Task<bool> IsOursAsync(byte[] hash, CancellationToken ct)
    {
        await using var find = unit.Command("SELECT 1 FROM tenancy.known_device WHERE device_hash = $1 LIMIT 1");
        return await find.With(hash).ExecuteScalarAsync(ct) is not null;
    }

    private static byte[]? HashOf(string? token) =>
        token is { Length: 43 } && Base64Url.IsValid(token, out var length) && length == 32 ? SHA256.HashData(Base64Url.DecodeFromChars(token)) : null;
}

/// <summary>Where a browser keeps the token by which it is known again.</summary>
internal static class DeviceCookie
{
    public const string Name = "__Host-epm-device";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, string token) => response.Cookies.Append(Name, token,
        new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = KnownDevices.KnownFor, IsEssential = true });
}
