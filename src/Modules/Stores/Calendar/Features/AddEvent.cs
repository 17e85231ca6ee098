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

/// <summary>An event of the chain's own.</summary>
/// <param name="Code">The same for each occurrence of one thing; made from the name when null.</param>
/// <param name="Stores">Codes of the only stores concerned; null or none for all of the country.</param>
[Needs(Permissions.EditCalendar)]
internal sealed record AddEvent(string? Code, string Name, string? Country, DateOnly From, DateOnly To, int Lead, int Lag, IReadOnlyList<string>? Stores) : ICommand<EventView>
{
    public EventDetails Details() => new(Name, Country, From, To, Lead, Lag);

    public string CodeOrName() => string.IsNullOrWhiteSpace(Code) ? FromName(Name) : Code;

    public static async Task<Created<EventView>> Endpoint(AddEvent body, IMediator mediator, CancellationToken ct)
    {
        var added = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/events/{added.Id}", added);
    }

    private static string FromName(string name)
    {
        var words = string.Concat((name ?? "").Trim().ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
        var code = string.Join('-', words.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return code.Length == 0 ? "event" : code[..Math.Min(code.Length, StoreCode.MostCharacters)];
    }
}

internal sealed class AddEventValidator : AbstractValidator<AddEvent>
{
    public AddEventValidator()
    {
        RuleFor(one => one.Details()).SetValidator(new EventDetailsValidator()).OverridePropertyName("Body");
        RuleFor(one => one.CodeOrName()).Cascade(CascadeMode.Stop).Must(code => StoreCode.IsValid(code)).WithErrorCode("code_format")
            .Must(code => !Feasts.ByCode.ContainsKey(code)).WithErrorCode("event_code_known").OverridePropertyName("Code");
        RuleFor(one => one.Stores).Must(stores => stores is null || stores.All(code => code is not null)).WithErrorCode("event_store_unknown")
            .Must(stores => stores is null || stores.Count <= 600).WithErrorCode("too_many_items");
    }
}

internal sealed class AddEventHandler(TenantSession session, StoresDbContext db, EventBook book, EventViews views, AuditTrail audit) : IRequestHandler<AddEvent, EventView>
{
    public async Task<EventView> Handle(AddEvent request, CancellationToken cancellationToken)
    {
        var own = new OwnEvent();
        own.Change(request.CodeOrName(), request.Details(), await book.PlaceAsync(request.Country, request.Stores, cancellationToken));
        db.OwnEvents.Add(own);
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("event.added", "event/" + own.Code, after: request.Details());
        return await views.OfAsync(ChainCalendar.Occurrence(own), cancellationToken);
    }
}
