using EPM.Forecast.Answers;
using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Outliers;

/// <param name="State">One of open, corrected, kept, event; null for all.</param>
/// <param name="Store">Code; null for all stores the person sees.</param>
/// <param name="Category">Code; those below it are found too.</param>
[Needs(Permissions.ViewForecasts)]
internal sealed record ListOutliers(string? State, string? Sku, string? Store, string? Category, int Page, int Size) : IQuery<OutlierPage>
{
    public static async Task<Ok<OutlierPage>> Endpoint(
        IMediator mediator, CancellationToken ct, string? state = null, string? sku = null, string? store = null, string? category = null, int page = 1, int size = 50) =>
        TypedResults.Ok(await mediator.Send(new ListOutliers(state, sku, store, category, page, size), ct));
}

internal sealed class ListOutliersValidator : AbstractValidator<ListOutliers>
{
    public ListOutliersValidator()
    {
        RuleFor(list => list.State).Must(state => state is null || OutlierStates.All.Contains(state)).WithErrorCode("outlier_state");
        RuleFor(list => list.Page).InclusiveBetween(1, 100_000);
        RuleFor(list => list.Size).InclusiveBetween(1, 200);
    }
}

internal sealed class ListOutliersHandler(PlanningDbContext db, Sight sight, OutlierSentences sentences) : IRequestHandler<ListOutliers, OutlierPage>
{
    public async Task<OutlierPage> Handle(ListOutliers request, CancellationToken cancellationToken)
    {
        var cells = await sight.OfAsync(cancellationToken);
        var stores = request.Store is { } code ? new[] { cells.Store(code).StoreNo } : cells.StoreNos();
        var products = request.Sku is { } sku ? new[] { cells.Product(sku).ProductNo } : cells.ProductNos();
        var found = db.Outliers.AsNoTracking().Where(row => stores.Contains(row.StoreNo));
        if (products is not null)
            found = found.Where(row => products.Contains(row.ProductNo));
        if (request.Category is { } within)
        {
            var below = cells.ProductsOf(cells.Category(within));
            found = found.Where(row => below.Contains(row.ProductNo));
        }
        if (request.State is { } state)
            found = found.Where(row => row.State == state);
        var total = await found.CountAsync(cancellationToken);
        var page = await found.OrderByDescending(row => row.Score).ThenByDescending(row => row.Day).ThenBy(row => row.OutlierId)
            .Skip((request.Page - 1) * request.Size).Take(request.Size).ToListAsync(cancellationToken);
        return new OutlierPage([.. page.Select(row => Told(row, cells))], total);
    }

    private OutlierView Told(Outlier row, Seen cells)
    {
        var (product, store) = (cells.Catalogue.ByNo[row.ProductNo], cells.Map.ByNo[row.StoreNo]);
        return new OutlierView(row.OutlierId, product.Sku, product.Name, new OutlierPlace(store.Code, store.Name), row.Day, row.Units,
            new ExpectedUnits(row.P10, row.P50, row.P90), row.Score, row.Reason, sentences.Of(row, product.Name, store.Name), row.State);
    }
}
