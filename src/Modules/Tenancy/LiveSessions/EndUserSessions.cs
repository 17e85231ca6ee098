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
internal sealed record EndUserSessions(Guid Id) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EndUserSessions(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class EndUserSessionsHandler(TenancyDbContext context, Sessions sessions, AuditTrail audit) : IRequestHandler<EndUserSessions, Unit>
{
    public async Task<Unit> Handle(EndUserSessions request, CancellationToken cancellationToken)
    {
        var email = await context.EmailOfAsync(request.Id, cancellationToken) ?? throw new NotFound();
        var ended = await sessions.EndAllOfAsync(request.Id, "revoked", cancellationToken);
        audit.Record("session.revoked", "user/" + email, before: new { Sessions = ended });
        return Unit.Value;
    }
}
