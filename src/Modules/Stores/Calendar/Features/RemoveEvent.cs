using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Calendar;

/// <summary>Removes an own event; a feast is dismissed, and comes back when it is moved, confirmed or proposed again.</summary>
[Needs(Permissions.EditCalendar)]
internal sealed record RemoveEvent(string Id) : ICommand<Unit>
{
    public static async Task<NoContent> Endpoint(string id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveEvent(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class RemoveEventHandler(TenantSession session, StoresDbContext db, EventBook book, AuditTrail audit) : IRequestHandler<RemoveEvent, Unit>
{
    public async Task<Unit> Handle(RemoveEvent request, CancellationToken cancellationToken)
    {
        if (await book.FeastAsync(request.Id, cancellationToken) is { } feast)
        {
            await book.DecideAsync(feast.Key, Decision.Dismissed, feast.Proposal, cancellationToken);
            audit.Record("event.dismissed", "event/" + feast.Key, before: new { feast.Now.From, feast.Now.To, feast.Now.State });
            return Unit.Value;
        }
        var own = await book.OwnAsync(request.Id, cancellationToken);
        db.OwnEvents.Remove(own);
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("event.removed", "event/" + own.Code, before: new { own.Name, own.Country, From = own.FromDay, To = own.ToDay });
        return Unit.Value;
    }
}
