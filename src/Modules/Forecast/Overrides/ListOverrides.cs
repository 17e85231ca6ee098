using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Forecast.Overrides;

/// <param name="Sku">Only what is on this product, whatever the level; null for all.</param>
/// <param name="Store">Only what is on this store; null for all.</param>
/// <param name="Active">Whether those that count no more are left out.</param>
[Needs(Permissions.ViewForecasts)]
internal sealed record ListOverrides(string? Sku, string? Store, bool Active, int Page, int Size) : IQuery<OverrideList>
{
    public static async Task<Ok<OverrideList>> Endpoint(
        IMediator mediator, CancellationToken ct, string? sku = null, string? store = null, bool active = false, int page = 1, int size = 200) =>
        TypedResults.Ok(await mediator.Send(new ListOverrides(sku, store, active, page, size), ct));
}

internal sealed class ListOverridesValidator : AbstractValidator<ListOverrides>
{
    public ListOverridesValidator()
    {
        RuleFor(list => list.Page).InclusiveBetween(1, 100_000);
        RuleFor(list => list.Size).InclusiveBetween(1, 500);
    }
}

internal sealed class ListOverridesHandler(
    PlanningDbContext db, IStoreDirectory stores, IProductDirectory products, OverridesInForce inForce, OverrideViews views, CurrentCaller caller)
    : IRequestHandler<ListOverrides, OverrideList>
{
    // Of older ones the trail tells.
    private const int MostRead = 5_000;

    public async Task<OverrideList> Handle(ListOverrides request, CancellationToken cancellationToken)
    {
        var (map, catalogue) = (await stores.AllAsync(cancellationToken), await products.AllAsync(cancellationToken));
        var scope = caller.Value.Scope;
        var store = request.Store is null ? null : map.ByCode.GetValueOrDefault(request.Store) ?? throw new NotFound("forecast_store_unknown");
        var product = request.Sku is null ? null : catalogue.BySku.GetValueOrDefault(request.Sku) ?? throw new NotFound("forecast_product_unknown");
        if ((store is not null && !StoreMap.Sees(scope, store.Code, store.RegionCode)) || (product is not null && !catalogue.Sees(scope, product.CategoryNo)))
            throw new Forbidden("outside_scope");
        // Of each override the version that stands, or stood when it was withdrawn.
        var last = await db.Overrides.AsNoTracking().Where(row => row.EndedAt == null || row.Withdrawn)
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.OverrideId).Take(MostRead).ToListAsync(cancellationToken);
        var today = inForce.Today;
        var found = last.Where(row => !request.Active || row.StateOn(today) == OverrideStates.Active)
            .Where(row => OverrideReach.Of(row, map, catalogue) is var reach && reach.Touches(scope)
                && (store is null || reach.HasStore(store.StoreNo)) && (product is null || reach.HasProduct(product.ProductNo))).ToArray();
        var page = found.Skip((request.Page - 1) * request.Size).Take(request.Size).Select(row => row.OverrideId).ToArray();
        var versions = (await db.Overrides.AsNoTracking().Where(row => page.Contains(row.OverrideId)).ToListAsync(cancellationToken)).ToLookup(row => row.OverrideId);
        var items = new List<OverrideView>(page.Length);
        foreach (var id in page)
            items.Add(await views.OfAsync(versions[id], cancellationToken));
        return new OverrideList(items, found.Length);
    }
}
