using EPM.Forecast.Persistence;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Forecast.Overrides;

/// <summary>Takes an override off the forecast. It is kept, with who made it and who took it back.</summary>
[Needs(Permissions.EditForecasts)]
internal sealed record WithdrawOverride(Guid Id) : ICommand<Unit>
{
    public static async Task<NoContent> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new WithdrawOverride(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class WithdrawOverrideHandler(
    TenantSession session, PlanningDbContext db, IStoreDirectory stores, IProductDirectory products, CurrentCaller caller, AuditTrail audit, TimeProvider time)
    : IRequestHandler<WithdrawOverride, Unit>
{
    public async Task<Unit> Handle(WithdrawOverride request, CancellationToken cancellationToken)
    {
        var made = await db.Overrides.Where(row => row.OverrideId == request.Id).OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken) ?? throw new NotFound();
        var reach = OverrideReach.Of(made, await stores.AllAsync(cancellationToken), await products.AllAsync(cancellationToken));
        if (!reach.Touches(caller.Value.Scope))
            throw new NotFound();
        reach.ShouldBeWithin(caller.Value.Scope);
        // Twice is once: whoever sends it again wants what already is.
        if (made.Withdrawn)
            return Unit.Value;
        made.End(time.GetUtcNow(), caller.Value.Name, withdrawn: true);
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("override.withdrawn", $"override/{made.OverrideId}", before: new { made.Formula, made.Reason });
        return Unit.Value;
    }
}
