using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.LiveSessions;

[Needs(Permissions.ManageUsers)]
internal sealed record EndUserSession(Guid Id, Guid Session) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid id, Guid session, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EndUserSession(id, session), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class EndUserSessionHandler(TenancyDbContext context, Sessions sessions, AuditTrail audit) : IRequestHandler<EndUserSession, Unit>
{
    public async Task<Unit> Handle(EndUserSession request, CancellationToken cancellationToken)
    {
        var email = await context.EmailOfAsync(request.Id, cancellationToken) ?? throw new NotFound();
        await sessions.RevokeAsync(request.Id, request.Session, cancellationToken);
        audit.Record("session.revoked", "user/" + email, before: new { request.Session });
        return Unit.Value;
    }
}
