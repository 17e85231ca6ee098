using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EPM.Tenancy.Features;

/// <summary>Sends the browser to the chain's provider. Changes nothing here: all of the attempt goes with the browser.</summary>
[Public("this is how a person becomes known, by the chain's own provider")]
[Reads]
internal sealed record StartOidc(string Redirect) : IDirect<OidcStart>
{
    public static async Task<IResult> Endpoint(IMediator mediator, HttpContext http, DeploymentSecret secret, CancellationToken ct)
    {
        try
        {
            var start = await mediator.Send(new StartOidc(FinishOidc.RedirectUri(http.Request)), ct);
            start.Attempt.Write(http.Response, secret);
            return TypedResults.Redirect(start.Address);
        }
        catch (ProviderFault fault)
        {
            return TypedResults.Redirect("/?sign-in-error=" + fault.Code);
        }
    }
}

internal sealed record OidcStart(OidcAttempt Attempt, string Address);

internal sealed class StartOidcHandler(CurrentTenant tenant, TenantSession unit, SignInProviders providers, OidcProvider oidc, TimeProvider time) : IRequestHandler<StartOidc, OidcStart>
{
    public async Task<OidcStart> Handle(StartOidc request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        await unit.BeginAsync(readOnly: true, cancellationToken);
        var provider = await providers.FindAsync(cancellationToken) ?? throw new NotFound("provider_absent");
        await unit.CommitAsync(cancellationToken);
        var metadata = await oidc.DiscoverAsync(tenant.Id, provider.Issuer, cancellationToken);
        var attempt = OidcAttempt.Begin(tenant.Id, provider.Issuer, time.GetUtcNow());
        return new OidcStart(attempt, QueryHelpers.AddQueryString(metadata.Authorize.AbsoluteUri, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = request.Redirect,
            ["scope"] = "openid email profile",
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = attempt.Challenge,
            ["code_challenge_method"] = "S256",
        }));
    }
}
