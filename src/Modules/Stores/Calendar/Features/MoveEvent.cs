using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Calendar;

/// <param name="Days">-1, 0 or 1. A feast is kept so many days off its proposal, and 0 leaves it to its proposal again; an own event moves on from where it is.</param>
internal sealed record EventMove(int Days);

[Needs(Permissions.EditCalendar)]
internal sealed record MoveEvent(string Id, EventMove Body) : ICommand<EventView>
{
    public static async Task<Ok<EventView>> Endpoint(string id, EventMove body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new MoveEvent(id, body), ct));
}

internal sealed class MoveEventValidator : AbstractValidator<MoveEvent>
{
    public MoveEventValidator() => RuleFor(move => move.Body.Days).InclusiveBetween(-1, 1).WithErrorCode("event_move_range");
}

internal sealed class MoveEventHandler(TenantSession session, StoresDbContext db, EventBook book, EventViews views, AuditTrail audit) : IRequestHandler<MoveEvent, EventView>
{
    public async Task<EventView> Handle(MoveEvent request, CancellationToken cancellationToken)
    {
        var days = request.Body.Days;
        if (await book.FeastAsync(request.Id, cancellationToken) is { } feast)
        {
            var (was, proposal) = (feast.Now, feast.Proposal);
            var now = days == 0 ? proposal : was with { From = proposal.From.AddDays(days), To = proposal.To.AddDays(days), State = EventState.Moved };
            await (days == 0 ? book.ForgetAsync(feast.Key, cancellationToken) : book.DecideAsync(feast.Key, Decision.Moved, now, cancellationToken));
            audit.Record("event.moved", "event/" + feast.Key, new { was.From, was.To, was.State }, new { now.From, now.To, now.State });
            return await views.OfAsync(now, cancellationToken);
        }
        var own = await book.OwnAsync(request.Id, cancellationToken);
        var before = own.FromDay;
        own.Move(days);
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("event.moved", "event/" + own.Code, new { From = before }, new { From = own.FromDay });
        return await views.OfAsync(ChainCalendar.Occurrence(own), cancellationToken);
    }
}
