using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EPM.Platform.Caching;
using EPM.Platform.Http;

namespace EPM.Tenancy.Security;

/// <summary>What a provider says about itself (OpenID Connect Discovery 1.0).</summary>
internal sealed record ProviderMetadata(string Issuer, Uri Authorize, Uri Token, Uri Keys, bool SecretInBody);

/// <summary>A provider that does not answer, or answers what it may not.</summary>
internal sealed class ProviderFault(string code) : Exception(code)
{
    public string Code { get; } = code;
}

/// <summary>Talks to identity providers, which tenants name: everything goes through the guarded client, and is believed as little as it can be.</summary>
internal sealed class OidcProvider(GuardedHttp http, TimeProvider time)
{
    private const string WellKnown = "/.well-known/openid-configuration";

    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);

    // A key that is not there may be a new one, or anybody's invention: look, but not for each token.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly ExpiringCache<(Guid Tenant, string Issuer), ProviderMetadata> _metadata = new(1_000, time);
    private readonly ExpiringCache<(Guid Tenant, string Issuer), (byte[] Keys, DateTimeOffset At)> _keys = new(1_000, time);

    /// <exception cref="ProviderFault"><c>provider_unreachable</c> or <c>provider_metadata</c>.</exception>
    public async Task<ProviderMetadata> DiscoverAsync(Guid tenant, string issuer, CancellationToken ct)
    {
        if (_metadata.TryGet((tenant, issuer), out var known))
            return known;
        using var request = new HttpRequestMessage(HttpMethod.Get, issuer.TrimEnd('/') + WellKnown);
        var answer = await AskAsync(request, ct);
        var metadata = answer.IsSuccess ? Read(answer.Body, issuer) : throw new ProviderFault("provider_unreachable");
        _metadata.Set((tenant, issuer), metadata, time.GetUtcNow() + KnownFor);
        return metadata;
    }

    /// <summary>The provider's keys as JSON (RFC 7517), with the one named among them if there is such a one.</summary>
    public async Task<byte[]> KeysAsync(Guid tenant, ProviderMetadata provider, string kid, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_keys.TryGet((tenant, provider.Issuer), out var known) && (now - known.At < BetweenLooks || IdTokens.Names(known.Keys, kid)))
            return known.Keys;
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.Keys);
        var answer = await AskAsync(request, ct);
        if (!answer.IsSuccess)
            throw new ProviderFault("provider_unreachable");
        _keys.Set((tenant, provider.Issuer), (answer.Body, now), now + KnownFor);
        return answer.Body;
    }

    /// <returns>The ID token that the code is exchanged for, as it came.</returns>
    public async Task<string> ExchangeAsync(ProviderMetadata provider, string clientId, string clientSecret, string code, string verifier, string redirect, CancellationToken ct)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirect,
            ["code_verifier"] = verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Token);
        if (provider.SecretInBody)
            (form["client_id"], form["client_secret"]) = (clientId, clientSecret);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Encoded(clientId)}:{Encoded(clientSecret)}")));
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await AskAsync(request, ct);
        if (!answer.IsSuccess)
            throw new ProviderFault("provider_refused");
        return Json(answer.Body, root => root.GetProperty("id_token").GetString()) ?? throw new ProviderFault("token_invalid");
    }

    private async Task<OutboundAnswer> AskAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (OutboundFailed)
        {
            throw new ProviderFault("provider_unreachable");
        }
    }

    // The issuer must be, letter for letter, the one that was asked: otherwise one provider could speak for another.
    private ProviderMetadata Read(byte[] body, string issuer)
    {
        var metadata = Json(body, root => new ProviderMetadata(root.GetProperty("issuer").GetString()!,
            Address(root, "authorization_endpoint"), Address(root, "token_endpoint"), Address(root, "jwks_uri"), TakesSecretInBodyOnly(root)));
        if (metadata is null || metadata.Issuer != issuer)
            throw new ProviderFault("provider_metadata");
        return metadata;
    }

    private Uri Address(JsonElement root, string name)
    {
        if (!Uri.TryCreate(root.GetProperty(name).GetString(), UriKind.Absolute, out var address))
            throw new ProviderFault("provider_metadata");
        try
        {
            http.Check(address);
        }
        catch (OutboundFailed)
        {
            throw new ProviderFault("provider_metadata");
        }
        return address;
    }

    // Basic is what a provider takes that says nothing.
    private static bool TakesSecretInBodyOnly(JsonElement root)
    {
        if (!root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods))
            return false;
        var names = methods.EnumerateArray().Select(method => method.GetString()).ToArray();
        return names.Contains("client_secret_post") && !names.Contains("client_secret_basic");
    }

    private static T? Json<T>(byte[] body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProviderFault("provider_metadata");
        }
    }

    // RFC 6749, 2.3.1: both halves are form-encoded first.
    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
