using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Invitations;

[Public("whoever holds the link is told what it is for before choosing a password")]
[Reads]
internal sealed record OpenInvitation(string Token) : IDirect<WelcomeView>
{
    public static async Task<IResult> Endpoint(string token, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new OpenInvitation(token), ct));
}

/// <summary>Who a link is for.</summary>
internal sealed record WelcomeView(string Chain, string Name, string Email, string Language);

internal sealed class OpenInvitationHandler(CurrentTenant tenant, TenantSession unit, TimeProvider time) : IRequestHandler<OpenInvitation, WelcomeView>
{
    public async Task<WelcomeView> Handle(OpenInvitation request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            throw new NotFound("wrong_host");
        var hash = LinkToken.HashOf(request.Token) ?? throw new NotFound("invitation_gone");
        await unit.BeginAsync(readOnly: true, cancellationToken);
        await using var find = unit.Command("""
            SELECT name, email, language FROM tenancy.invitation WHERE token_hash = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2
            """);
        await using var reader = await find.With(hash).With(time.GetUtcNow()).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new WelcomeView(tenant.Info.Name, reader.GetString(0), reader.GetString(1), reader.GetString(2))
            : throw new NotFound("invitation_gone");
    }
}
