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

namespace EPM.Stores.Features;

[Needs(Permissions.EditStores)]
internal sealed record ChangeStore(string Code, StoreDetails Body) : ICommand<StoreView>
{
    public static async Task<Ok<StoreView>> Endpoint(string code, StoreDetails body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeStore(code, body), ct));
}

internal sealed class ChangeStoreValidator : AbstractValidator<ChangeStore>
{
    public ChangeStoreValidator() => RuleFor(change => change.Body).SetValidator(new StoreDetailsValidator());
}

internal sealed class ChangeStoreHandler(TenantSession session, StoresDbContext db, VisibleStores stores, IEnumerable<IStoreUsage> usages, AuditTrail audit)
    : IRequestHandler<ChangeStore, StoreView>
{
    public async Task<StoreView> Handle(ChangeStore request, CancellationToken cancellationToken)
    {
        var store = await stores.FindAsync(request.Code, cancellationToken);
        var region = await stores.RegionForAsync(store.Code, request.Body.Region, cancellationToken);
        // Another zone would move sales already filed to other business dates.
        if (request.Body.TimeZone != store.TimeZone && await usages.AnyHasSalesAsync(session, store.StoreNo, cancellationToken))
            throw new RuleBroken("store_time_zone_fixed");
        var before = store.Details;
        store.Change(request.Body);
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("store.changed", "store/" + store.Code, before, store.Details);
        return StoreView.Of(store, region);
    }
}
