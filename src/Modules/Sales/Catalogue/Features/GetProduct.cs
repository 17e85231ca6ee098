using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Sales.Catalogue;

[Needs(Permissions.ViewCatalogue)]
internal sealed record GetProduct(string Sku) : IQuery<ProductView>
{
    public static async Task<Ok<ProductView>> Endpoint(string sku, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetProduct(Catalogue.Sku.FromPath(sku)), ct));
}

internal sealed class GetProductHandler(CatalogueDbContext db, CurrentCaller caller, CurrentTenant tenant, TimeProvider time)
    : IRequestHandler<GetProduct, ProductView>
{
    public async Task<ProductView> Handle(GetProduct request, CancellationToken cancellationToken)
    {
        if (!Catalogue.Sku.IsValid(request.Sku))
            throw new NotFound();
        var today = BusinessDay.Today(time, tenant.Info.TimeZone);
        var products = db.Products.Where(product => product.Sku == request.Sku);
        if (caller.Value.Scope.IsPartOfAssortment)
        {
            var seen = (await db.Categories.AsNoTracking().ToListAsync(cancellationToken)).SeenBy(caller.Value.Scope).Numbers;
            products = products.Where(product => seen.Contains(product.CategoryNo));
        }
        return await products.Told(db, caller.Value.Scope.SeesCost, today).SingleOrDefaultAsync(cancellationToken) ?? throw new NotFound();
    }
}
