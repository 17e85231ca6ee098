using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Sales.Catalogue;

/// <param name="Parent">Code of the category above, or null at the top.</param>
/// <param name="Products">Products filed right here, not below.</param>
internal sealed record CategoryView(string Code, string Name, string? Parent, int Products);

internal sealed record CategoryList(IReadOnlyList<CategoryView> Items);

[Needs(Permissions.ViewCatalogue)]
internal sealed record ListCategories : IQuery<CategoryList>
{
    public static async Task<Ok<CategoryList>> Endpoint(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListCategories(), ct));
}

internal sealed class ListCategoriesHandler(CatalogueDbContext db, CurrentCaller caller) : IRequestHandler<ListCategories, CategoryList>
{
    public async Task<CategoryList> Handle(ListCategories request, CancellationToken cancellationToken)
    {
        var categories = await db.Categories.AsNoTracking().OrderBy(category => category.Code).ToListAsync(cancellationToken);
        var seen = categories.SeenBy(caller.Value.Scope);
        var codes = categories.Where(category => seen.Sees(category.CategoryNo)).ToDictionary(category => category.CategoryNo, category => category.Code);
        var counts = await db.Products.GroupBy(product => product.CategoryNo)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new CategoryList([.. categories.Where(category => seen.Sees(category.CategoryNo)).Select(category => new CategoryView(
            category.Code, category.Name, category.ParentNo is { } parent ? codes.GetValueOrDefault(parent) : null, counts.GetValueOrDefault(category.CategoryNo)))]);
    }
}
