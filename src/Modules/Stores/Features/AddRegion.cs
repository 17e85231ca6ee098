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
using Conflict = EPM.Platform.Http.Conflict;

namespace EPM.Stores.Features;

[Needs(Permissions.EditStores)]
internal sealed record AddRegion(string Code, string Name) : ICommand<RegionView>
{
    public static async Task<Created<RegionView>> Endpoint(AddRegion body, IMediator mediator, CancellationToken ct)
    {
        var region = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/regions/{Uri.EscapeDataString(region.Code)}", region);
    }
}

internal sealed class AddRegionValidator : AbstractValidator<AddRegion>
{
    public AddRegionValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(region => region.Code).NotEmpty().Must(code => StoreCode.IsValid(code)).WithErrorCode("code_format");
        RuleFor(region => region.Name).IsGivenName();
    }
}

internal sealed class AddRegionHandler(TenantSession session, StoresDbContext db, CurrentCaller caller, AuditTrail audit) : IRequestHandler<AddRegion, RegionView>
{
    public async Task<RegionView> Handle(AddRegion request, CancellationToken cancellationToken)
    {
        // Whoever sees a part of the chain would add what they then cannot see.
        if (!RegionScope.Sees(caller.Value.Scope, request.Code))
            throw new Forbidden();
        if (await db.Regions.AnyAsync(region => region.RegionCode == request.Code, cancellationToken))
            throw new Conflict("region_code_taken", ("code", request.Code));
        db.Regions.Add(new Region { RegionCode = request.Code, Name = request.Name.Trim() });
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("region.added", "region/" + request.Code, after: new { Name = request.Name.Trim() });
        return new RegionView(request.Code, request.Name.Trim(), 0);
    }
}
