using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Metrics;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Sales.Catalogue;

internal sealed record ProductList(IReadOnlyList<ProductView> Items, int Total);

/// <param name="Search">Words of which each must stand in the SKU or the name.</param>
/// <param name="Category">Code; products below it are found too.</param>
[Needs(Permissions.ViewCatalogue)]
internal sealed record ListProducts(string? Search, string? Category, int Page, int Size) : IQuery<ProductList>
{
    public static async Task<Ok<ProductList>> Endpoint(
        IMediator mediator, CancellationToken ct, string? search = null, string? category = null, int page = 1, int size = 50) =>
        TypedResults.Ok(await mediator.Send(new ListProducts(search, category, page, size), ct));
}

internal sealed class ListProductsValidator : AbstractValidator<ListProducts>
{
    public ListProductsValidator()
    {
        RuleFor(list => list.Search).MaximumLength(100).Must(search => search?.Any(char.IsControl) != true).WithErrorCode("text_plain");
        RuleFor(list => list.Page).InclusiveBetween(1, 100_000);
        RuleFor(list => list.Size).InclusiveBetween(1, 200);
    }
}

internal sealed class ListProductsHandler(CatalogueDbContext db, CurrentCaller caller, CurrentTenant tenant, TimeProvider time)
    : IRequestHandler<ListProducts, ProductList>
{
    public async Task<ProductList> Handle(ListProducts request, CancellationToken cancellationToken)
    {
        var products = db.Products.AsNoTracking();
        foreach (var pattern in SearchText.Patterns(request.Search ?? ""))
            products = products.Where(product => EF.Functions.Like(product.Search, pattern, "\\"));
        if (!string.IsNullOrEmpty(request.Category) || caller.Value.Scope.IsPartOfAssortment)
        {
            var within = await WithinAsync(request.Category, cancellationToken);
            products = products.Where(product => within.Contains(product.CategoryNo));
        }
        var total = await products.CountAsync(cancellationToken);
        var page = products.OrderBy(product => product.Sku).Skip((request.Page - 1) * request.Size).Take(request.Size);
        var today = BusinessDay.Today(time, tenant.Info.TimeZone);
        var items = await page.Told(db, caller.Value.Scope.SeesCost, today).ToListAsync(cancellationToken);
        return new ProductList([.. items.OrderBy(item => item.Sku, StringComparer.Ordinal)], total);
    }

    private async Task<int[]> WithinAsync(string? code, CancellationToken ct)
    {
        var categories = await db.Categories.AsNoTracking().ToListAsync(ct);
        var seen = categories.SeenBy(caller.Value.Scope);
        return string.IsNullOrEmpty(code) ? seen.Numbers
            : seen.Visible.FirstOrDefault(category => category.Code == code) is { } top ? [.. CategoryReach.Below(seen.Visible, [top.No])] : [];
    }
}
