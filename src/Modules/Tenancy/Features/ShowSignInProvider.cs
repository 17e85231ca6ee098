using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageSettings)]
internal sealed record ShowSignInProvider : IQuery<SignInProviderView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ShowSignInProvider(), ct));
}

/// <param name="Issuer">Null where the chain has no provider.</param>
internal sealed record SignInProviderView(string? Issuer, string? ClientId, string? Label, bool PasswordsAllowed, bool TwoFactorRequired)
{
    public static readonly SignInProviderView None = new(null, null, null, PasswordsAllowed: true, TwoFactorRequired: false);

    /// <summary>The client secret is written, never read.</summary>
    public static SignInProviderView Of(SignInProvider provider) =>
        new(provider.Issuer, provider.ClientId, provider.Label, provider.PasswordsAllowed, provider.TwoFactorRequired);
}

internal sealed class ShowSignInProviderHandler(SignInProviders providers) : IRequestHandler<ShowSignInProvider, SignInProviderView>
{
    public async Task<SignInProviderView> Handle(ShowSignInProvider request, CancellationToken cancellationToken) =>
        await providers.FindAsync(cancellationToken) is { } provider ? SignInProviderView.Of(provider) : SignInProviderView.None;
}
