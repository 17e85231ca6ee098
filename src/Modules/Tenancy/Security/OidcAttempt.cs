using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Security;

/// <summary>
/// A sign-in on its way to the provider and back. The browser carries it, sealed, in a cookie: only the browser that began can end it,
/// and beginning one writes nothing.
/// </summary>
internal sealed record OidcAttempt(Guid Tenant, string Issuer, string State, string Nonce, string Verifier, DateTimeOffset Until)
{
    public const string CookieName = "__Host-epm-provider";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Purpose = "provider sign-in";
    private const int LongestCookie = 3_000;

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public byte[] StateHash => SHA256.HashData(Encoding.ASCII.GetBytes(State));

    public static OidcAttempt Begin(Guid tenant, string issuer, DateTimeOffset now) => new(tenant, issuer, Random(), Random(), Random(), now + Lifetime);

    /// <returns>Null unless it was begun by this browser, for this chain, a short while ago, with that state.</returns>
    public static OidcAttempt? Resume(HttpRequest request, string? state, Guid tenant, DeploymentSecret secret, DateTimeOffset now)
    {
        if (request.Cookies[CookieName] is not { Length: > 0 and <= LongestCookie } cookie || state is null || !Base64Url.IsValid(cookie))
            return null;
        if (secret.Unseal(Base64Url.DecodeFromChars(cookie), Purpose) is not { } plain)
            return null;
        var attempt = JsonSerializer.Deserialize<OidcAttempt>(plain)!;
        var same = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(attempt.State), Encoding.UTF8.GetBytes(state));
        return same && attempt.Tenant == tenant && now < attempt.Until ? attempt : null;
    }

    public void Write(HttpResponse response, DeploymentSecret secret) => response.Cookies.Append(CookieName,
        Base64Url.EncodeToString(secret.Seal(JsonSerializer.SerializeToUtf8Bytes(this), Purpose)), Options(Lifetime));

    public static void Clear(HttpResponse response) => response.Cookies.Delete(CookieName, Options(maxAge: null));

    // Lax, because the way back comes from the provider's site.
    private static CookieOptions Options(TimeSpan? maxAge) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = maxAge, IsEssential = true };

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
