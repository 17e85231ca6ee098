using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.LiveSessions;

[Needs(Permissions.SignedIn)]
internal sealed record ListMySessions : IQuery<LiveSessionsView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ListMySessions(), ct));
}

internal sealed class ListMySessionsHandler(SessionList sessions, CurrentCaller caller) : IRequestHandler<ListMySessions, LiveSessionsView>
{
    public Task<LiveSessionsView> Handle(ListMySessions request, CancellationToken cancellationToken) => sessions.OfAsync(caller.Value.UserId, cancellationToken);
}
