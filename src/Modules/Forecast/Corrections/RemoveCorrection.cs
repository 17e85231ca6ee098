using EPM.Forecast.Answers;
using EPM.Forecast.Persistence;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Forecast.Corrections;

/// <summary>Takes a correction back: the day is learnt from as it was.</summary>
[Needs(Permissions.EditForecasts)]
internal sealed record RemoveCorrection(Guid Id) : ICommand<Unit>
{
    public static async Task<NoContent> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveCorrection(id), ct);
        return TypedResults.NoContent();
    }
}

internal sealed class RemoveCorrectionHandler(TenantSession session, PlanningDbContext db, Sight sight, AuditTrail audit) : IRequestHandler<RemoveCorrection, Unit>
{
    public async Task<Unit> Handle(RemoveCorrection request, CancellationToken cancellationToken)
    {
        var cells = await sight.OfAsync(cancellationToken);
        var there = await db.Corrections.SingleOrDefaultAsync(row => row.CorrectionId == request.Id, cancellationToken);
        if (there is null || !cells.Sees(there.StoreNo, there.ProductNo))
            throw new NotFound();
        db.Corrections.Remove(there);
        await db.SaveChangesAsync(cancellationToken);
        await CorrectedCells.MarkAsync(session, [new CellKey(there.StoreNo, there.ProductNo)], cancellationToken);
        session.FiguresChange();
        audit.Record("correction.removed", $"correction/{there.CorrectionId}", before: new { there.StoreNo, there.ProductNo, there.Day, there.Corrected, there.Reason });
        return Unit.Value;
    }
}
