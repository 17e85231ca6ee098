using EPM.Forecast.Answers;
using EPM.Forecast.Persistence;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Corrections;

/// <param name="Sku">Null for all products.</param>
/// <param name="Store">Code; null for all stores the person sees.</param>
[Needs(Permissions.ViewForecasts)]
internal sealed record ListCorrections(string? Sku, string? Store, int Page, int Size) : IQuery<CorrectionList>
{
    public static async Task<Ok<CorrectionList>> Endpoint(IMediator mediator, CancellationToken ct, string? sku = null, string? store = null, int page = 1, int size = 200) =>
        TypedResults.Ok(await mediator.Send(new ListCorrections(sku, store, page, size), ct));
}

internal sealed class ListCorrectionsValidator : AbstractValidator<ListCorrections>
{
    public ListCorrectionsValidator()
    {
        RuleFor(list => list.Page).InclusiveBetween(1, 100_000);
        RuleFor(list => list.Size).InclusiveBetween(1, 500);
    }
}

internal sealed class ListCorrectionsHandler(PlanningDbContext db, Sight sight, CorrectionViews views) : IRequestHandler<ListCorrections, CorrectionList>
{
    public async Task<CorrectionList> Handle(ListCorrections request, CancellationToken cancellationToken)
    {
        var cells = await sight.OfAsync(cancellationToken);
        var stores = request.Store is { } code ? new[] { cells.Store(code).StoreNo } : cells.StoreNos();
        var products = request.Sku is { } sku ? new[] { cells.Product(sku).ProductNo } : cells.ProductNos();
        var found = db.Corrections.AsNoTracking().Where(row => stores.Contains(row.StoreNo));
        if (products is not null)
            found = found.Where(row => products.Contains(row.ProductNo));
        var total = await found.CountAsync(cancellationToken);
        var page = await found.OrderByDescending(row => row.Day).ThenBy(row => row.StoreNo).ThenBy(row => row.ProductNo)
            .Skip((request.Page - 1) * request.Size).Take(request.Size).ToListAsync(cancellationToken);
        return new CorrectionList(await views.OfAsync(page, cells, cancellationToken), total);
    }
}
