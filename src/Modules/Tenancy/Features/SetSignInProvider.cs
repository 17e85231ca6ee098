using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

/// <param name="ClientSecret">Null keeps the one that is there, if issuer and client are the same as before.</param>
/// <param name="PasswordsAllowed">False: whoever signs in by the provider has no other way in.</param>
/// <param name="TwoFactorRequired">For those who sign in by password.</param>
[Needs(Permissions.ManageSettings)]
internal sealed record SetSignInProvider(string Issuer, string ClientId, string? ClientSecret, string Label, bool PasswordsAllowed, bool TwoFactorRequired)
    : IDirect<SignInProviderView>
{
    public static async Task<IResult> Endpoint(SetSignInProvider body, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(body, ct));
}

internal sealed class SetSignInProviderValidator : AbstractValidator<SetSignInProvider>
{
    public SetSignInProviderValidator()
    {
        RuleFor(provider => provider.Issuer).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(300).Must(IsIssuer).WithErrorCode("issuer_form");
        RuleFor(provider => provider.ClientId).NotEmpty().MaximumLength(200);
        RuleFor(provider => provider.ClientSecret).MaximumLength(400);
        RuleFor(provider => provider.Label).IsName();
    }

    private static bool IsIssuer(string issuer) => Uri.TryCreate(issuer, UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0;
}

/// <summary>Asks the provider before anything is kept, in no transaction: an address that does not answer is told at once.</summary>
internal sealed class SetSignInProviderHandler(TenantSession unit, SignInProviders providers, OidcProvider provider, Callers callers, AuditTrail audit)
    : IRequestHandler<SetSignInProvider, SignInProviderView>
{
    public async Task<SignInProviderView> Handle(SetSignInProvider request, CancellationToken cancellationToken)
    {
        try
        {
            await provider.DiscoverAsync(unit.TenantId, request.Issuer, cancellationToken);
        }
        catch (ProviderFault fault)
        {
            throw fault.Code == "provider_metadata" ? new RuleBroken("provider_metadata") : new RuleBroken("provider_unreachable");
        }
        await unit.BeginAsync(readOnly: false, cancellationToken);
        var before = await providers.FindAsync(cancellationToken);
        var secret = request.ClientSecret is { Length: > 0 } given ? providers.Seal(given)
            // A secret of one provider is not handed to another.
            : before is not null && before.Issuer == request.Issuer && before.ClientId == request.ClientId ? before.ClientSecret
            : throw new RuleBroken("client_secret_missing");
        if (!request.PasswordsAllowed && !await providers.AnAdministratorGetsInAsync(request.Issuer, cancellationToken))
            throw new RuleBroken("last_way_in");
        var kept = new SignInProvider(request.Issuer, request.ClientId, secret, request.Label.Trim(), request.PasswordsAllowed, request.TwoFactorRequired);
        await providers.KeepAsync(kept, cancellationToken);
        audit.Record("sign-in-provider.changed", "sign-in-provider/" + kept.Label, before is null ? null : SignInProviderView.Of(before), SignInProviderView.Of(kept));
        if (request.ClientSecret is { Length: > 0 })
            audit.Record("sign-in-provider.secret-changed", "sign-in-provider/" + kept.Label);
        var tenant = unit.TenantId;
        unit.AfterCommit(() => callers.ForgetTenant(tenant));
        await unit.CommitAsync(cancellationToken);
        return SignInProviderView.Of(kept);
    }
}
