using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace EPM.Tenancy.Security;

/// <summary>Whom a provider names.</summary>
/// <param name="Subject">The provider's own, immutable name of the person.</param>
/// <param name="Email">Null unless the provider says that it was verified.</param>
internal sealed record IdClaims(string Subject, string? Email);

/// <summary>
/// ID tokens of identity providers (OpenID Connect Core 1.0, 3.1.3.7). Beside AccessTokens the only file that touches the JWT packages
/// (ADR 0001).
/// </summary>
internal static class IdTokens
{
    private const int Longest = 16 << 10;
    private const int SmallestRsa = 2048;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(15);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];

    /// <returns>Null when the token names no key: which one it is must not be guessed.</returns>
    public static string? KidOf(string token) => HeaderOf(token) is { } header && Algorithms.Contains(header.Alg) && header.Kid is { Length: > 0 } kid ? kid : null;

    public static bool Names(byte[] keys, string kid) => Keys(keys).Any(key => key.Kid == kid);

    /// <returns>Null when anything about the token is not as it has to be.</returns>
    public static IdClaims? Verify(string token, byte[] keys, string issuer, string audience, string nonce, DateTimeOffset now)
    {
        var kid = KidOf(token);
        var named = Keys(keys).Where(key => kid is not null && key.Kid == kid).Take(2).ToArray();
        if (named.Length != 1 || Open(named[0]) is not { } key)
            return null;
        using var pair = key.Pair;
        // A key signs with its own algorithm, whatever the header says.
        if (HeaderOf(token)?.Alg != key.Algorithm)
            return null;
        try
        {
            var handler = new JwtSecurityTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };
            handler.ValidateToken(token, new TokenValidationParameters
            {
                ValidIssuer = issuer,
                ValidAudience = audience,
                IssuerSigningKey = key.Key,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                LifetimeValidator = (from, to, _, _) => (from is null || from - Skew <= now.UtcDateTime) && to is not null && now.UtcDateTime < to + Skew,
            }, out var verified);
            return Claims(((JwtSecurityToken)verified).Payload, audience, nonce, now);
        }
        catch (Exception failure) when (failure is SecurityTokenException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private static IdClaims? Claims(JwtPayload payload, string audience, string nonce, DateTimeOffset now)
    {
        // For several audiences at once the party that asked must be named, and whenever it is named it must be us.
        if ((payload.Aud.Count > 1 && payload.Azp is null) || (payload.Azp is { } party && party != audience) || payload.Nonce != nonce)
            return null;
        if (payload.Iat is not { } seconds || DateTimeOffset.FromUnixTimeSeconds(seconds) is var issued && (issued > now + Skew || issued < now - Oldest))
            return null;
        var verified = payload.TryGetValue("email_verified", out var said) && said is true or "true";
        var email = verified && payload.TryGetValue("email", out var told) ? told as string : null;
        return payload.Sub is { Length: > 0 and <= 255 } subject ? new IdClaims(subject, email) : null;
    }

    private static JwtHeader? HeaderOf(string token)
    {
        var handler = new JwtSecurityTokenHandler { MaximumTokenSizeInBytes = Longest };
        if (token.Length > Longest || !handler.CanReadToken(token))
            return null;
        try
        {
            return handler.ReadJwtToken(token).Header;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonWebKey> Keys(byte[] keys)
    {
        try
        {
            return new JsonWebKeySet(Encoding.UTF8.GetString(keys)).Keys.Where(key => key.Use is null or "" or "sig");
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static OpenKey? Open(JsonWebKey jwk)
    {
        try
        {
            return jwk switch
            {
                { Kty: "RSA", Alg: null or "" or SecurityAlgorithms.RsaSha256 } => OpenRsa(jwk),
                { Kty: "EC", Crv: "P-256" } => OpenEc(jwk),
                _ => null,
            };
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static OpenKey? OpenRsa(JsonWebKey jwk)
    {
        var rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(jwk.N), Exponent = Base64UrlEncoder.DecodeBytes(jwk.E) });
        if (rsa.KeySize >= SmallestRsa)
            return new OpenKey(new RsaSecurityKey(rsa) { KeyId = jwk.Kid, CryptoProviderFactory = Unshared() }, SecurityAlgorithms.RsaSha256, rsa);
        rsa.Dispose();
        return null;
    }

    private static OpenKey OpenEc(JsonWebKey jwk)
    {
        var point = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) };
        var pair = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return new OpenKey(new ECDsaSecurityKey(pair) { KeyId = jwk.Kid, CryptoProviderFactory = Unshared() }, SecurityAlgorithms.EcdsaSha256, pair);
    }

    // The library's cache would share a key between threads, and outlive it.
    private static CryptoProviderFactory Unshared() => new() { CacheSignatureProviders = false };

    private sealed record OpenKey(SecurityKey Key, string Algorithm, AsymmetricAlgorithm Pair);
}
