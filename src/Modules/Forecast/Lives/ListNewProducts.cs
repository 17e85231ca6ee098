using EPM.Forecast.Answers;
using EPM.Forecast.Engine.Starts;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Forecast.Lives;

/// <summary>Products that were never sold, or too shortly to go their own way, with what planners said of them.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record ListNewProducts(string? Search) : IDirect<NewProductList>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct, string? search = null) => Results.Ok(await mediator.Send(new ListNewProducts(search), ct));
}

/// <param name="SoldDays">Days since it was first sold where the caller looks; 0 for never.</param>
internal sealed record NewProduct(string Sku, string Name, Place? Category, int SoldDays, StartedLike? StartedLike);

internal sealed record NewProductList(IReadOnlyList<NewProduct> Items);

internal sealed class ListNewProductsHandler(Sight sight, LifeStore lives, TenantSession session) : IRequestHandler<ListNewProducts, NewProductList>
{
    private const int Most = 200;

    public async Task<NewProductList> Handle(ListNewProducts request, CancellationToken cancellationToken)
    {
        if (request.Search is { Length: > 100 } || request.Search?.Any(char.IsControl) == true)
            throw new Invalid([new FieldError("search", "text_plain")]);
        var seen = await sight.OfAsync(cancellationToken);
        var sold = await session.ReadAsync("SELECT product_no, max(as_of) - min(first_sold) + 1 FROM forecast.cell WHERE tenant_id = $1 AND store_no = ANY ($2) GROUP BY product_no",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = [.. seen.Stores.Select(store => store.StoreNo)] }], async reader =>
            {
                var days = new Dictionary<int, int>();
                while (await reader.ReadAsync(cancellationToken))
                    days[reader.GetInt32(0)] = reader.GetInt32(1);
                return days;
            }, cancellationToken);
        var started = (await lives.AllAsync(cancellationToken)).Where(life => life.Started).ToDictionary(life => life.ProductNo);
        return new NewProductList([.. seen.Catalogue.Matching(request.Search).Where(product => product.Active && seen.Sees(product)
                && (started.ContainsKey(product.ProductNo) || sold.GetValueOrDefault(product.ProductNo) < NewProducts.OwnAlone))
            .Take(Most).Select(product => new NewProduct(product.Sku, product.Name, ForecastAnswer.CategoryOf(seen, product), sold.GetValueOrDefault(product.ProductNo),
                started.TryGetValue(product.ProductNo, out var life) ? StartedOf(seen, life) : null))]);
    }

    /// <summary>The product that another is like, as the caller may know it; its category where it follows that.</summary>
    public static StartedLike? StartedOf(Seen seen, Life life) => life.LikeNo is { } like
        ? seen.Catalogue.ByNo.TryGetValue(like, out var product) && seen.Sees(product) ? new StartedLike(product.Sku, product.Name, life.Multiplier) : null
        : ForecastAnswer.CategoryOf(seen, seen.Catalogue.ByNo[life.ProductNo]) is { } category ? new StartedLike(category.Code, category.Name, life.Multiplier) : null;
}
