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

/// <summary>Changes an own event as a whole. Of a feast only its days, its lead and its lag are the chain's to change.</summary>
[Needs(Permissions.EditCalendar)]
internal sealed record ChangeEvent(string Id, AddEvent Body) : ICommand<EventView>
{
    public static async Task<Ok<EventView>> Endpoint(string id, AddEvent body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeEvent(id, body), ct));
}

internal sealed class ChangeEventValidator : AbstractValidator<ChangeEvent>
{
    public ChangeEventValidator()
    {
        RuleFor(change => change.Body).SetValidator(new AddEventValidator()).When(change => Guid.TryParse(change.Id, out _));
        RuleFor(change => change.Body.Details()).SetValidator(new EventDetailsValidator()).When(change => !Guid.TryParse(change.Id, out _)).OverridePropertyName("Body");
    }
}

internal sealed class ChangeEventHandler(TenantSession session, StoresDbContext db, EventBook book, EventViews views, AuditTrail audit) : IRequestHandler<ChangeEvent, EventView>
{
    public async Task<EventView> Handle(ChangeEvent request, CancellationToken cancellationToken)
    {
        var details = request.Body.Details();
        if (await book.FeastAsync(request.Id, cancellationToken) is { } feast)
        {
            var (was, now) = (feast.Now, feast.Now with { From = details.From, To = details.To, Lead = details.Lead, Lag = details.Lag });
            if (Math.Abs(now.From.DayNumber - feast.Proposal.From.DayNumber) > MostDaysOff)
                throw new Invalid([new FieldError("from", "event_too_far")]);
            now = now with { State = now.From == feast.Proposal.From && now.To == feast.Proposal.To ? EventState.Confirmed : EventState.Moved };
            await book.DecideAsync(feast.Key, now.State == EventState.Moved ? Decision.Moved : Decision.Confirmed, now, cancellationToken);
            audit.Record("event.changed", "event/" + feast.Key, new { was.From, was.To, was.Lead, was.Lag }, new { now.From, now.To, now.Lead, now.Lag });
            return await views.OfAsync(now, cancellationToken);
        }
        var own = await book.OwnAsync(request.Id, cancellationToken);
        var before = new EventDetails(own.Name, own.Country, own.FromDay, own.ToDay, own.LeadDays, own.LagDays);
        own.Change(request.Body.CodeOrName(), details, await book.PlaceAsync(details.Country, request.Body.Stores, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("event.changed", "event/" + own.Code, before, details);
        return await views.OfAsync(ChainCalendar.Occurrence(own), cancellationToken);
    }

    // Further off it would be taken for the occurrence of another year.
    private const int MostDaysOff = 60;
}
