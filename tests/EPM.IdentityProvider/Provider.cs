using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace EPM.IdentityProvider;

/// <summary>Who comes next at a client, and how the provider misbehaves about it.</summary>
/// <param name="Now">Seconds since 1970 by the tests' clock.</param>
internal sealed record Next(string Secret, string Subject, string? Email, bool EmailVerified, string? Fault, long Now);

/// <summary>The provider's ends. A client is an issuer of its own, so that tests side by side do not meet.</summary>
internal sealed class Provider
{
    private readonly ConcurrentDictionary<string, Next> _next = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);
    private readonly Signer _signer = new();

    public IResult Expect(string client, Next next)
    {
        _next[client] = next;
        return Results.NoContent();
    }

    public IResult Metadata(string client, HttpContext http)
    {
        var issuer = Issuer(client, http);
        return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = issuer + "/authorize",
            ["token_endpoint"] = issuer + "/token",
            ["jwks_uri"] = issuer + "/keys",
            ["token_endpoint_auth_methods_supported"] = FaultOf(client) == "secret-in-body" ? new[] { "client_secret_post" } : ["client_secret_basic", "client_secret_post"],
        });
    }

    public IResult Keys(string client) => Results.Text(_signer.Keys(FaultOf(client) == "rotated" ? "second" : "first"), "application/json");

    /// <summary>Everybody is signed in here already, and agrees.</summary>
    public IResult Authorize(string client, HttpContext http)
    {
        string Asked(string name) => http.Request.Query[name].ToString();
        if (Asked("response_type") != "code" || Asked("code_challenge_method") != "S256" || !Asked("scope").Split(' ').Contains("openid") || Asked("client_id") != client)
            return Results.BadRequest();
        if (FaultOf(client) == "denied")
            return Results.Redirect($"{Asked("redirect_uri")}?error=access_denied&state={Uri.EscapeDataString(Asked("state"))}");
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        _grants[code] = new Grant(client, _next[client], Asked("nonce"), Asked("code_challenge"), Asked("redirect_uri"));
        var iss = FaultOf(client) == "mix-up" ? "http://127.0.0.1:9/other" : Issuer(client, http);
        return Results.Redirect($"{Asked("redirect_uri")}?code={code}&state={Uri.EscapeDataString(Asked("state"))}&iss={Uri.EscapeDataString(iss)}");
    }

    public async Task<IResult> TokenAsync(string client, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (!_grants.TryRemove(form["code"].ToString(), out var grant) || grant.Client != client || form["grant_type"] != "authorization_code")
            return Results.BadRequest(new { error = "invalid_grant" });
        var shown = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (shown != grant.Challenge || form["redirect_uri"] != grant.Redirect)
            return Results.BadRequest(new { error = "invalid_grant" });
        if (!Knows(http, form, grant))
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        return Results.Json(new { access_token = "not used", token_type = "Bearer", id_token = _signer.Token(grant.Next.Fault, Claims(grant, Issuer(client, http))) });
    }

    private static bool Knows(HttpContext http, IFormCollection form, Grant grant)
    {
        if (grant.Next.Fault == "secret-in-body")
            return form["client_id"] == grant.Client && form["client_secret"] == grant.Next.Secret && http.Request.Headers.Authorization.Count == 0;
        if (http.Request.Headers.Authorization.ToString() is not ['B', 'a', 's', 'i', 'c', ' ', .. var basic])
            return false;
        // Each half is form-encoded on its own (RFC 6749, 2.3.1).
        var halves = Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':').Select(WebUtility.UrlDecode).ToArray();
        return halves is [var client, var secret] && client == grant.Client && secret == grant.Next.Secret;
    }

    private static Dictionary<string, object?> Claims(Grant grant, string issuer)
    {
        var next = grant.Next;
        var claims = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["iss"] = next.Fault == "wrong-issuer" ? issuer + "x" : issuer,
            ["aud"] = next.Fault switch { "wrong-audience" => "somebody-else", "two-audiences" => new[] { grant.Client, "somebody-else" }, _ => grant.Client },
            ["sub"] = next.Subject,
            ["nonce"] = next.Fault == "wrong-nonce" ? "another" : grant.Nonce,
            ["iat"] = next.Fault == "issued-long-ago" ? next.Now - 3600 : next.Now,
            ["exp"] = next.Fault == "expired" ? next.Now - 120 : next.Now + 300,
            ["email"] = next.Email,
            ["email_verified"] = next.EmailVerified,
        };
        if (next.Fault == "other-party")
            claims["azp"] = "somebody-else";
        if (next.Fault == "no-nonce")
            claims.Remove("nonce");
        if (next.Fault == "no-expiry")
            claims.Remove("exp");
        return claims;
    }

    private string? FaultOf(string client) => _next.TryGetValue(client, out var next) ? next.Fault : null;

    private static string Issuer(string client, HttpContext http) => string.Create(CultureInfo.InvariantCulture, $"http://{http.Request.Host}/{client}");

    private sealed record Grant(string Client, Next Next, string Nonce, string Challenge, string Redirect);
}
