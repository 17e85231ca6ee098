using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Invitations;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Passwords;

[Public("whoever holds the link is told whose password it is for before choosing one")]
[Reads]
internal sealed record OpenPasswordLink(string Token) : IDirect<WelcomeView>
{
    public static async Task<IResult> Endpoint(string token, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new OpenPasswordLink(token), ct));
}

internal sealed class OpenPasswordLinkHandler(CurrentTenant tenant, TenantSession unit, PasswordLinks links) : IRequestHandler<OpenPasswordLink, WelcomeView>
{
    public async Task<WelcomeView> Handle(OpenPasswordLink request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        await unit.BeginAsync(readOnly: true, cancellationToken);
        var person = await links.FindAsync(request.Token, cancellationToken);
        return new WelcomeView(tenant.Info.Name, person.Name, person.Email, person.Language);
    }
}
