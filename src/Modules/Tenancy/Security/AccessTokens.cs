using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using EPM.Platform.Caching;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;

namespace EPM.Tenancy.Security;

/// <summary>A token whose signature, times and audience held; says who, in which session, of which tenant, and nothing about rights.</summary>
internal sealed class VerifiedToken(string id, Guid tenant, Guid user, Guid session, DateTime from, DateTime to) : SecurityToken
{
    public Guid Tenant { get; } = tenant;

    public Guid User { get; } = user;

    public Guid Session { get; } = session;

    public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity([new Claim("sub", user.ToString())], "Bearer"));

    public override string Id => id;

    public override string Issuer => AccessTokens.Issuer;

    public override SecurityKey? SecurityKey => null;

    public override SecurityKey? SigningKey { get; set; }

    public override DateTime ValidFrom => from;

    public override DateTime ValidTo => to;
}

/// <summary>
/// Access tokens: ES256, ten minutes, one shape. Everything that touches the JWT packages is in this file (ADR 0001).
/// Verified ones are remembered by their whole text until they expire, because the signature costs more than a cached answer.
/// </summary>
internal sealed class AccessTokens(SigningKeys keys, TimeProvider time) : ISecurityTokenValidator
{
    public const string Issuer = "epm-retail";
    private const string Audience = "epm-retail-api";
    private const string Kind = "at+jwt";
    private const int Longest = 2048;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // One provider a token: the library's cache would share an ECDsa object between threads.
    private static readonly CryptoProviderFactory Unshared = new() { CacheSignatureProviders = false };

    private readonly ExpiringCache<string, VerifiedToken> _verified = new(20_000, time);

    public bool CanValidateToken => true;

    public int MaximumTokenSizeInBytes { get; set; } = Longest;

    public bool CanReadToken(string securityToken) => securityToken.Length <= Longest;

    /// <param name="lifetime">Null for the usual one.</param>
    public async Task<string> IssueAsync(Guid tenant, Guid user, Guid session, CancellationToken ct, TimeSpan? lifetime = null)
    {
        var key = await keys.CurrentAsync(ct);
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.Private, out _);
        var credentials = new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256) { CryptoProviderFactory = Unshared };
        var now = time.GetUtcNow().UtcDateTime;
        Claim[] claims = [new("tid", tenant.ToString()), new("sub", user.ToString()), new("sid", session.ToString())];
        var header = new JwtHeader(credentials) { ["typ"] = Kind };
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(header, new JwtPayload(Issuer, Audience, claims, now, now + (lifetime ?? Lifetime), now)));
    }

    /// <exception cref="SecurityTokenException">The token is not one of ours, or not any more.</exception>
    public ClaimsPrincipal ValidateToken(string securityToken, TokenValidationParameters validationParameters, out SecurityToken validatedToken)
    {
        if (!_verified.TryGet(securityToken, out var verified))
        {
            verified = Verify(securityToken);
            _verified.Set(securityToken, verified, new DateTimeOffset(verified.ValidTo, TimeSpan.Zero));
        }
        validatedToken = verified;
        return verified.Principal;
    }

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddAuthorization();
        // As AddAuthentication, less data protection, which would write key files of its own that nothing here uses.
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddWebEncoders();
#pragma warning disable CS0618 // The handler of this version is built with it.
        services.TryAddSingleton<ISystemClock, SystemClock>();
#pragma warning restore CS0618
        new AuthenticationBuilder(services).AddJwtBearer().AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, _ => { });
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokens, SigningKeys>((options, tokens, keys) =>
        {
            options.SecurityTokenValidators.Clear();
            options.SecurityTokenValidators.Add(tokens);
            options.SaveToken = false;
            options.ForwardDefaultSelector = KeyAuthentication.Selects;
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = async context =>
                {
                    // Verifying is synchronous in this library, so the key is fetched before.
                    var token = Bearer(context.Request);
                    if (token is null)
                        context.NoResult();
                    else if (!tokens._verified.TryGet(token, out _) && KidOf(token) is { } kid)
                        await keys.LookForAsync(kid, context.HttpContext.RequestAborted);
                    context.Token = token;
                },
                OnTokenValidated = AcceptAsync,
            };
        });
    }

    // The token's tenant must be the one the request is addressed to; rights come from the session and the person as they are now.
    private static async Task AcceptAsync(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var (token, tenant) = ((VerifiedToken)context.SecurityToken, services.GetRequiredService<CurrentTenant>());
        if (!tenant.IsSet || tenant.Id != token.Tenant)
        {
            context.Fail("The token is of another tenant.");
            return;
        }
        var caller = await services.GetRequiredService<Callers>().FindAsync(services.GetRequiredService<Platform.Persistence.TenantSession>(), token.Session, context.HttpContext.RequestAborted);
        if (caller is null || caller.UserId != token.User)
            context.Fail("The session has ended.");
        else
            services.GetRequiredService<CurrentCaller>().Set(caller);
    }

    private VerifiedToken Verify(string token)
    {
        var key = (KidOf(token) is { } kid ? keys.Find(kid) : null) ?? throw new SecurityTokenInvalidSignatureException("No key of ours is named.");
        using var pair = ECDsa.Create();
        pair.ImportSubjectPublicKeyInfo(key.Public, out _);
        var handler = new JwtSecurityTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };
        var principal = handler.ValidateToken(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = new ECDsaSecurityKey(pair) { KeyId = key.Kid, CryptoProviderFactory = Unshared },
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (from, to, _, _) => from - Skew <= time.GetUtcNow().UtcDateTime && time.GetUtcNow().UtcDateTime < to + Skew,
        }, out var read);
        return new VerifiedToken(key.Kid, Id(principal, "tid"), Id(principal, "sub"), Id(principal, "sid"), read.ValidFrom, read.ValidTo);
    }

    private static Guid Id(ClaimsPrincipal principal, string claim) =>
        Guid.TryParseExact(principal.FindFirst(claim)?.Value, "D", out var id) ? id : throw new SecurityTokenException($"The token has no {claim}.");

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Length <= Longest ? header[7..].Trim() : null;
    }

    /// <summary>The key a token names, if it has exactly the header that we write: another algorithm, kind or member is not ours.</summary>
    private static string? KidOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(IsCanonical))
            return null;
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(parts[0]));
            var members = header.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString(), StringComparer.Ordinal);
            return members.Count == 3 && members["alg"] == SecurityAlgorithms.EcdsaSha256 && members["typ"] == Kind ? members["kid"] : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            return null;
        }
    }

    // Several spellings of the same bytes would be several tokens to whoever compares texts.
    private static bool IsCanonical(string part)
    {
        try
        {
            return part.Length > 0 && Base64UrlEncoder.Encode(Base64UrlEncoder.DecodeBytes(part)) == part;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
