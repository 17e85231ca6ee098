using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Conflict = EPM.Platform.Http.Conflict;

namespace EPM.Sales.Catalogue;

/// <param name="Category">Category code; null for none yet.</param>
[Needs(Permissions.EditCatalogue)]
internal sealed record AddProduct(string Sku, string Name, string? Category, decimal? PurchasePrice, decimal? SalePrice, decimal TaxRate)
    : ICommand<ProductView>
{
    public ProductDetails Details() => new(Name, Category, PurchasePrice, SalePrice, TaxRate);

    public static async Task<Created<ProductView>> Endpoint(AddProduct body, IMediator mediator, CancellationToken ct)
    {
        var product = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/products/{Uri.EscapeDataString(product.Sku)}", product);
    }
}

internal sealed class AddProductValidator : AbstractValidator<AddProduct>
{
    public AddProductValidator()
    {
        RuleFor(product => product.Sku).Cascade(CascadeMode.Stop).NotEmpty().Must(Catalogue.Sku.IsValid).WithErrorCode("sku_format");
        RuleFor(product => product.Details()).SetValidator(new ProductDetailsValidator()).OverridePropertyName("Body");
    }
}

internal sealed class AddProductHandler(TenantSession session, CatalogueDbContext db, ProductEditing editing, AuditTrail audit)
    : IRequestHandler<AddProduct, ProductView>
{
    public async Task<ProductView> Handle(AddProduct request, CancellationToken cancellationToken)
    {
        var details = request.Details();
        await editing.BeginAsync(details, cancellationToken);
        if (await db.Products.AnyAsync(product => product.Sku == request.Sku, cancellationToken))
            throw new Conflict("product_sku_taken", ("sku", request.Sku));
        var category = await editing.CategoryAsync(details.Category, cancellationToken);
        var product = new Product
        {
            ProductNo = (await db.Products.MaxAsync(known => (int?)known.ProductNo, cancellationToken) ?? 0) + 1,
            Sku = request.Sku,
            Name = details.Name.Trim(),
            CategoryNo = category.CategoryNo,
            SalePrice = details.SalePrice,
            TaxRate = details.TaxRate,
        };
        db.Products.Add(product);
        await db.SaveChangesAsync(cancellationToken);
        await editing.TellPriceAsync(product.ProductNo, details.PurchasePrice, cancellationToken);
        session.FiguresChange();
        var added = await editing.TellAsync(product.ProductNo, cancellationToken);
        audit.Record("product.added", "product/" + added.Sku, after: added);
        return added;
    }
}
