using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.LiveSessions;

[Needs(Permissions.ManageUsers)]
internal sealed record ListUserSessions(Guid Id) : IQuery<LiveSessionsView>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ListUserSessions(id), ct));
}

internal sealed class ListUserSessionsHandler(SessionList sessions, TenancyDbContext context) : IRequestHandler<ListUserSessions, LiveSessionsView>
{
    public async Task<LiveSessionsView> Handle(ListUserSessions request, CancellationToken cancellationToken)
    {
        var person = await context.EmailOfAsync(request.Id, cancellationToken);
        return person is null ? throw new NotFound() : await sessions.OfAsync(request.Id, cancellationToken);
    }
}
