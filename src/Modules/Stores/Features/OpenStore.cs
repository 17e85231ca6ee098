using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Conflict = EPM.Platform.Http.Conflict;

namespace EPM.Stores.Features;

[Needs(Permissions.EditStores)]
internal sealed record OpenStore(
    string Code, string Name, string Region, string Country, string Currency, decimal? Surface, DateOnly OpenedOn, DateOnly? ClosedOn, string TimeZone)
    : ICommand<StoreView>
{
    public StoreDetails Details() => new(Name, Region, Country, Currency, Surface, OpenedOn, ClosedOn, TimeZone);

    public static async Task<Created<StoreView>> Endpoint(OpenStore body, IMediator mediator, CancellationToken ct)
    {
        var store = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/stores/{Uri.EscapeDataString(store.Code)}", store);
    }
}

internal sealed class OpenStoreValidator : AbstractValidator<OpenStore>
{
    public OpenStoreValidator()
    {
        RuleFor(store => store.Code).Cascade(CascadeMode.Stop).NotEmpty().Must(code => StoreCode.IsValid(code)).WithErrorCode("code_format");
        RuleFor(store => store.Details()).SetValidator(new StoreDetailsValidator()).OverridePropertyName("Body");
    }
}

internal sealed class OpenStoreHandler(TenantSession session, StoresDbContext db, VisibleStores stores, AuditTrail audit) : IRequestHandler<OpenStore, StoreView>
{
    public async Task<StoreView> Handle(OpenStore request, CancellationToken cancellationToken)
    {
        var region = await stores.RegionForAsync(request.Code, request.Region, cancellationToken);
        var number = await StoreNumbers.TakeAsync(session, cancellationToken);
        if (await db.Stores.AnyAsync(store => store.Code == request.Code, cancellationToken))
            throw new Conflict("store_code_taken", ("code", request.Code));
        var store = Store.Open(number, request.Code, request.Details());
        db.Stores.Add(store);
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("store.opened", "store/" + store.Code, after: store.Details);
        return StoreView.Of(store, region);
    }
}
