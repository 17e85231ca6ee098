using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Sales.Catalogue;

[Needs(Permissions.EditCatalogue)]
internal sealed record ChangeProduct(string Sku, ProductDetails Body) : ICommand<ProductView>
{
    public static async Task<Ok<ProductView>> Endpoint(string sku, ProductDetails body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeProduct(Catalogue.Sku.FromPath(sku), body), ct));
}

internal sealed class ChangeProductValidator : AbstractValidator<ChangeProduct>
{
    public ChangeProductValidator() => RuleFor(change => change.Body).SetValidator(new ProductDetailsValidator());
}

internal sealed class ChangeProductHandler(CatalogueDbContext db, ProductEditing editing, CatalogueChanges changes, AuditTrail audit)
    : IRequestHandler<ChangeProduct, ProductView>
{
    public async Task<ProductView> Handle(ChangeProduct request, CancellationToken cancellationToken)
    {
        if (!Catalogue.Sku.IsValid(request.Sku))
            throw new NotFound();
        var details = request.Body;
        await editing.BeginAsync(details, cancellationToken);
        var product = await db.Products.SingleOrDefaultAsync(known => known.Sku == request.Sku, cancellationToken) ?? throw new NotFound();
        var category = await editing.CategoryAsync(details.Category, cancellationToken);
        var before = await editing.TellAsync(product.ProductNo, cancellationToken);
        if (product.CategoryNo != category.CategoryNo)
            changes.Moved(product.ProductNo);
        (product.Name, product.CategoryNo, product.SalePrice) = (details.Name.Trim(), category.CategoryNo, details.SalePrice);
        (product.TaxRate, product.Active) = (details.TaxRate, details.Active);
        await db.SaveChangesAsync(cancellationToken);
        if (await editing.TellPriceAsync(product.ProductNo, details.PurchasePrice, cancellationToken) is { } since)
            changes.Repriced(product.ProductNo, since);
        await changes.ApplyAsync(cancellationToken);
        var after = await editing.TellAsync(product.ProductNo, cancellationToken);
        audit.Record("product.changed", "product/" + after.Sku, before, after);
        return after;
    }
}
