using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace EPM.Tenancy.Features;

/// <summary>Where the provider sends the browser back to. Answers with a redirect, whatever comes of it: nobody reads problem details here.</summary>
/// <param name="Issuer">RFC 9207: who says that it answers.</param>
[Public("the provider's word, checked, is the credential")]
internal sealed record FinishOidc(OidcAttempt? Attempt, string? Code, string? Issuer, string Redirect, string? Device) : IDirect<SignedIn>
{
    public static async Task<IResult> Endpoint(
        string? state, string? code, [FromQuery(Name = "iss")] string? issuer, IMediator mediator, HttpContext http, CurrentTenant tenant,
        DeploymentSecret secret, TimeProvider time, CancellationToken ct)
    {
        var attempt = tenant.IsSet ? OidcAttempt.Resume(http.Request, state, tenant.Id, secret, time.GetUtcNow()) : null;
        OidcAttempt.Clear(http.Response);
        try
        {
            var signedIn = await mediator.Send(new FinishOidc(attempt, code, issuer, RedirectUri(http.Request), DeviceCookie.Read(http.Request)), ct);
            RefreshCookie.Write(http.Response, signedIn.RefreshToken);
            return TypedResults.Redirect("/");
        }
        catch (ProviderFault fault)
        {
            return TypedResults.Redirect("/?sign-in-error=" + fault.Code);
        }
    }

    /// <summary>The host is one of ours: whoever is to answer to another has no tenant, and gets no further.</summary>
    public static string RedirectUri(HttpRequest request) => $"{request.Scheme}://{request.Host}/api/v1/auth/oidc/callback";
}

internal sealed class FinishOidcHandler(CurrentTenant tenant, ProviderSignIn signIn, OidcProvider oidc, Arrivals arrivals, TimeProvider time) : IRequestHandler<FinishOidc, SignedIn>
{
    public async Task<SignedIn> Handle(FinishOidc request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        var provider = await signIn.ProviderAsync(request.Attempt, cancellationToken);
        try
        {
            var claims = await VerifyAsync(provider, request, cancellationToken);
            var arrival = await signIn.OpenAsync(provider.Settings, claims, request.Device, cancellationToken);
            return await arrivals.TellAsync(arrival, cancellationToken);
        }
        catch (ProviderFault fault) when (fault.Code is "provider_refused" or "token_invalid" or "issuer_mismatch")
        {
            await signIn.RecordRefusalAsync(provider.Settings, fault.Code, cancellationToken);
            throw;
        }
    }

    private async Task<IdClaims> VerifyAsync(UnsealedProvider provider, FinishOidc request, CancellationToken ct)
    {
        var (settings, attempt) = (provider.Settings, request.Attempt!);
        if (request.Issuer is not null && request.Issuer != settings.Issuer)
            throw new ProviderFault("issuer_mismatch");
        if (string.IsNullOrEmpty(request.Code))
            throw new ProviderFault("provider_refused");
        var metadata = await oidc.DiscoverAsync(tenant.Id, settings.Issuer, ct);
        var token = await oidc.ExchangeAsync(metadata, settings.ClientId, provider.ClientSecret, request.Code, attempt.Verifier, request.Redirect, ct);
        var kid = IdTokens.KidOf(token) ?? throw new ProviderFault("token_invalid");
        var keys = await oidc.KeysAsync(tenant.Id, metadata, kid, ct);
        return IdTokens.Verify(token, keys, settings.Issuer, settings.ClientId, attempt.Nonce, time.GetUtcNow()) ?? throw new ProviderFault("token_invalid");
    }
}
