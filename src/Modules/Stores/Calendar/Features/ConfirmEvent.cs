using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Calendar;

/// <summary>Says that a feast is kept on the days it stands on. An own event needs nobody's word, so that nothing happens to it.</summary>
[Needs(Permissions.EditCalendar)]
internal sealed record ConfirmEvent(string Id) : ICommand<EventView>
{
    public static async Task<Ok<EventView>> Endpoint(string id, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ConfirmEvent(id), ct));
}

internal sealed class ConfirmEventHandler(EventBook book, EventViews views, AuditTrail audit) : IRequestHandler<ConfirmEvent, EventView>
{
    public async Task<EventView> Handle(ConfirmEvent request, CancellationToken cancellationToken)
    {
        if (await book.FeastAsync(request.Id, cancellationToken) is not { } feast)
        {
            var own = await book.OwnAsync(request.Id, cancellationToken);
            audit.Record("event.confirmed", "event/" + own.Code);
            return await views.OfAsync(ChainCalendar.Occurrence(own), cancellationToken);
        }
        // One that was moved has been decided already.
        var now = feast.Now.State == EventState.Moved ? feast.Now : feast.Now with { State = EventState.Confirmed };
        await book.DecideAsync(feast.Key, now.State == EventState.Moved ? Decision.Moved : Decision.Confirmed, now, cancellationToken);
        audit.Record("event.confirmed", "event/" + feast.Key, new { feast.Now.State }, new { now.State, now.From, now.To });
        return await views.OfAsync(now, cancellationToken);
    }
}
