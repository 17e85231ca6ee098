using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Calendar;

/// <summary>What takes place between two days, both included.</summary>
/// <param name="Country">Only what this country keeps; null for all of the chain's.</param>
[Needs(Permissions.ViewStores)]
[Reads]
internal sealed record ListEvents(DateOnly From, DateOnly To, string? Country) : IDirect<EventList>
{
    private const int MostDays = 366 * 6;

    public static async Task<Ok<EventList>> Endpoint(
        IMediator mediator, CancellationToken ct, DateOnly? from = null, DateOnly? to = null, string? country = null)
    {
        if (from is not { } first || to is not { } last)
            throw new BadInput("events_period_missing");
        if (last < first || last.DayNumber - first.DayNumber > MostDays || first.Year < 1901 || last.Year > 2199)
            throw new BadInput("events_period_invalid");
        return TypedResults.Ok(await mediator.Send(new ListEvents(first, last, country is "" ? null : country), ct));
    }
}

internal sealed class ListEventsHandler(IEventCalendar calendar, EventViews views) : IRequestHandler<ListEvents, EventList>
{
    public async Task<EventList> Handle(ListEvents request, CancellationToken cancellationToken)
    {
        var found = (await calendar.AllAsync(cancellationToken)).Between(request.From, request.To);
        return new EventList(await views.OfAsync(found.Where(one => request.Country is null || one.IsOf(request.Country)), cancellationToken));
    }
}
