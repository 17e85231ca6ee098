using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Calendar;

/// <summary>Proposes a year again: what was dismissed of it comes back, and what was decided otherwise stays.</summary>
[Needs(Permissions.EditCalendar)]
internal sealed record ProposeEvents(int Year) : ICommand<EventList>
{
    public static async Task<Ok<EventList>> Endpoint(ProposeEvents body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(body, ct));
}

internal sealed class ProposeEventsValidator : AbstractValidator<ProposeEvents>
{
    public ProposeEventsValidator() => RuleFor(propose => propose.Year).InclusiveBetween(1990, 2076).WithErrorCode("event_year_range");
}

internal sealed class ProposeEventsHandler(TenantSession session, StoresDbContext db, EventBook book, EventViews views, AuditTrail audit) : IRequestHandler<ProposeEvents, EventList>
{
    public async Task<EventList> Handle(ProposeEvents request, CancellationToken cancellationToken)
    {
        if (!book.SeesAll)
            throw new Forbidden();
        var (from, to) = (new DateOnly(request.Year, 1, 1), new DateOnly(request.Year, 12, 31));
        var dismissed = await db.Decisions.Where(row => row.State == Decision.Dismissed && row.BaseDay >= from && row.BaseDay <= to).ExecuteDeleteAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("event.proposed", $"events/{request.Year}", after: new { Again = dismissed });
        var proposed = (await book.CalendarAsync(cancellationToken)).BeginningIn(request.Year);
        return new EventList(await views.OfAsync(proposed.OrderBy(one => one.From).ThenBy(one => one.Id, StringComparer.Ordinal), cancellationToken));
    }
}
