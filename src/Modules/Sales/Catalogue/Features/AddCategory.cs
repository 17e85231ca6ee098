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
using Conflict = EPM.Platform.Http.Conflict;

namespace EPM.Sales.Catalogue;

/// <param name="Parent">Code of the category above; null for the top.</param>
[Needs(Permissions.EditCatalogue)]
internal sealed record AddCategory(string Code, string Name, string? Parent) : ICommand<CategoryView>
{
    public static async Task<Created<CategoryView>> Endpoint(AddCategory body, IMediator mediator, CancellationToken ct)
    {
        var category = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/categories/{Uri.EscapeDataString(category.Code)}", category);
    }
}

internal sealed class AddCategoryValidator : AbstractValidator<AddCategory>
{
    public AddCategoryValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(category => category.Code).NotEmpty().Must(code => StoreCode.IsValid(code)).WithErrorCode("code_format");
        RuleFor(category => category.Name).IsGivenName();
    }
}

internal sealed class AddCategoryHandler(TenantSession session, CatalogueDbContext db, AuditTrail audit) : IRequestHandler<AddCategory, CategoryView>
{
    public async Task<CategoryView> Handle(AddCategory request, CancellationToken cancellationToken)
    {
        await CatalogueNumbers.LockAsync(session, cancellationToken);
        var forest = await CategoryForest.LoadAsync(db, cancellationToken);
        if (forest.Find(request.Code) is not null)
            throw new Conflict("category_code_taken", ("code", request.Code));
        var parent = request.Parent is { } code ? forest.Require(code, "parent") : null;
        var category = await forest.AddAsync(request.Code, request.Name.Trim(), parent?.CategoryNo, cancellationToken);
        session.FiguresChange();
        audit.Record("category.added", "category/" + category.Code, after: new { category.Name, Parent = parent?.Code });
        return new CategoryView(category.Code, category.Name, parent?.Code, 0);
    }
}
