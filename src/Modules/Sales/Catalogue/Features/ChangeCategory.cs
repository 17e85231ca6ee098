using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Sales.Catalogue;

/// <param name="Parent">Code of the category above; null for the top.</param>
internal sealed record CategoryDetails(string Name, string? Parent);

[Needs(Permissions.EditCatalogue)]
internal sealed record ChangeCategory(string Code, CategoryDetails Body) : ICommand<CategoryView>
{
    public static async Task<Ok<CategoryView>> Endpoint(string code, CategoryDetails body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeCategory(code, body), ct));
}

internal sealed class ChangeCategoryValidator : AbstractValidator<ChangeCategory>
{
    public ChangeCategoryValidator() => RuleFor(change => change.Body.Name).IsGivenName();
}

internal sealed class ChangeCategoryHandler(TenantSession session, CatalogueDbContext db, CatalogueChanges changes, AuditTrail audit)
    : IRequestHandler<ChangeCategory, CategoryView>
{
    public async Task<CategoryView> Handle(ChangeCategory request, CancellationToken cancellationToken)
    {
        await CatalogueNumbers.RaiseVersionAsync(session, cancellationToken);
        await CatalogueNumbers.LockAsync(session, cancellationToken);
        var forest = await CategoryForest.LoadAsync(db, cancellationToken);
        var category = forest.Find(request.Code) ?? throw new NotFound();
        var parent = request.Body.Parent is { } code ? forest.Require(code, "parent") : null;
        if (CategoryTree.Fault(category.CategoryNo, parent?.CategoryNo, forest.Parents) is { } fault)
            throw new RuleBroken(fault);
        audit.Record("category.changed", "category/" + category.Code,
            new { category.Name, Parent = category.ParentNo is { } above ? forest.At(above).Code : null }, new { Name = request.Body.Name.Trim(), Parent = parent?.Code });
        var moves = category.ParentNo != parent?.CategoryNo;
        category.Name = request.Body.Name.Trim();
        category.ParentNo = parent?.CategoryNo;
        await db.SaveChangesAsync(cancellationToken);
        if (moves)
        {
            var below = CategoryTree.SelfAndDescendants(category.CategoryNo, forest.Parents);
            var products = db.Products.Where(product => below.Contains(product.CategoryNo)).Select(product => product.ProductNo);
            foreach (var product in await products.ToListAsync(cancellationToken))
                changes.Moved(product);
        }
        await changes.ApplyAsync(cancellationToken);
        var filed = await db.Products.CountAsync(product => product.CategoryNo == category.CategoryNo, cancellationToken);
        return new CategoryView(category.Code, category.Name, parent?.Code, filed);
    }
}
