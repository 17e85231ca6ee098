using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Stores.Features;

internal sealed record RegionChange(string Name);

[Needs(Permissions.EditStores)]
internal sealed record RenameRegion(string Code, RegionChange Body) : ICommand<RegionView>
{
    public static async Task<Ok<RegionView>> Endpoint(string code, RegionChange body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new RenameRegion(code, body), ct));
}

internal sealed class RenameRegionValidator : AbstractValidator<RenameRegion>
{
    public RenameRegionValidator() => RuleFor(region => region.Body.Name).IsGivenName();
}

internal sealed class RenameRegionHandler(TenantSession session, StoresDbContext db, CurrentCaller caller, AuditTrail audit)
    : IRequestHandler<RenameRegion, RegionView>
{
    public async Task<RegionView> Handle(RenameRegion request, CancellationToken cancellationToken)
    {
        if (!RegionScope.Sees(caller.Value.Scope, request.Code) || !StoreCode.IsValid(request.Code)
            || await db.Regions.FindAsync([db.TenantId, request.Code], cancellationToken) is not { } region)
            throw new NotFound();
        audit.Record("region.renamed", "region/" + region.RegionCode, new { region.Name }, new { Name = request.Body.Name.Trim() });
        region.Name = request.Body.Name.Trim();
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        return new RegionView(region.RegionCode, region.Name, await db.Stores.CountAsync(store => store.RegionCode == region.RegionCode, cancellationToken));
    }
}
