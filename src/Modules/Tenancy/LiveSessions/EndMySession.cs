using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.LiveSessions;

[Needs(Permissions.SignedIn)]
internal sealed record EndMySession(Guid Session) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid session, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EndMySession(session), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class EndMySessionHandler(CurrentCaller caller, Sessions sessions, AuditTrail audit) : IRequestHandler<EndMySession, Unit>
{
    public async Task<Unit> Handle(EndMySession request, CancellationToken cancellationToken)
    {
        await sessions.RevokeAsync(caller.Value.UserId, request.Session, cancellationToken);
        audit.Record("session.revoked", "user/" + caller.Value.Email, before: new { request.Session });
        return Unit.Value;
    }
}
