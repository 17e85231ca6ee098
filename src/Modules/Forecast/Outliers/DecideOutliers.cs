using EPM.Forecast.Answers;
using EPM.Forecast.Corrections;
using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Outliers;

/// <param name="Decided">Of those that are there and seen, how many were something else before.</param>
internal sealed record OutliersDecided(int Decided);

/// <summary>Says what outliers are. What was decided may be decided otherwise later; nothing that is decided is asked again.</summary>
/// <param name="Decision"><c>correct</c>: learn from what was expected instead; <c>keep</c>: it is right as it is; <c>event</c>: it had a reason that does not come back by itself, learn nothing from it.</param>
[Needs(Permissions.EditForecasts)]
internal sealed record DecideOutliers(IReadOnlyList<Guid> Ids, string Decision) : ICommand<OutliersDecided>
{
    public static async Task<Ok<OutliersDecided>> Endpoint(DecideOutliers body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(body, ct));
}

internal sealed class DecideOutliersValidator : AbstractValidator<DecideOutliers>
{
    public DecideOutliersValidator()
    {
        RuleFor(decide => decide.Ids).Cascade(CascadeMode.Stop).NotNull().Must(ids => ids.Count <= 600).WithErrorCode("too_many_items");
        RuleFor(decide => decide.Decision).Must(decision => decision is "correct" or "keep" or "event").WithErrorCode("outlier_decision");
    }
}

internal sealed class DecideOutliersHandler(
    TenantSession session, PlanningDbContext db, Sight sight, CorrectionWriter writer, CurrentCaller caller, AuditTrail audit, TimeProvider time)
    : IRequestHandler<DecideOutliers, OutliersDecided>
{
    public async Task<OutliersDecided> Handle(DecideOutliers request, CancellationToken cancellationToken)
    {
        var cells = await sight.OfAsync(cancellationToken);
        var ids = request.Ids.Distinct().ToArray();
        // One that later sales explained meanwhile keeps nobody from deciding the others.
        var found = (await db.Outliers.Where(row => ids.Contains(row.OutlierId)).ToListAsync(cancellationToken)).Where(row => cells.Sees(row.StoreNo, row.ProductNo));
        var state = request.Decision switch { "correct" => OutlierStates.Corrected, "keep" => OutlierStates.Kept, _ => OutlierStates.Event };
        var changed = found.Where(row => row.State != state).ToArray();
        if (changed.Length == 0)
            return new OutliersDecided(0);
        await ForgetAsync([.. changed.Where(row => row.State is OutlierStates.Corrected or OutlierStates.Event)], cancellationToken);
        if (state != OutlierStates.Kept)
            await writer.WriteAsync([.. changed.SelectMany(row => ToCorrect(row, state))], cancellationToken);
        foreach (var row in changed)
            (row.State, row.DecidedByName, row.DecidedAt) = (state, caller.Value.Name, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("outliers.decided", "outliers", after: new { request.Decision, Outliers = changed.Select(row => new { row.StoreNo, row.ProductNo, row.Day }) });
        return new OutliersDecided(changed.Length);
    }

    // What was said of a day before goes with its correction; one that people wrote themselves since stays theirs.
    private async Task ForgetAsync(IReadOnlyList<Outlier> decided, CancellationToken ct)
    {
        if (decided.Count == 0)
            return;
        var (stores, products, days) = (decided.Select(row => row.StoreNo).ToArray(), decided.Select(row => row.ProductNo).ToArray(), decided.SelectMany(DaysOf).Distinct().ToArray());
        var there = await db.Corrections.Where(row => stores.Contains(row.StoreNo) && products.Contains(row.ProductNo) && days.Contains(row.Day)).ToListAsync(ct);
        var own = decided.SelectMany(row => DaysOf(row).Select(day => (row.StoreNo, row.ProductNo, day))).ToHashSet();
        db.Corrections.RemoveRange(there.Where(row => own.Contains((row.StoreNo, row.ProductNo, row.Day)) && row.Reason is CorrectionReasons.Outlier or CorrectionReasons.StockOut or CorrectionReasons.Event));
        await db.SaveChangesAsync(ct);
        await CorrectedCells.MarkAsync(session, [.. decided.Select(row => new CellKey(row.StoreNo, row.ProductNo))], ct);
    }

    private static IEnumerable<DayToCorrect> ToCorrect(Outlier row, string state)
    {
        var cell = new CellKey(row.StoreNo, row.ProductNo);
        var reason = state == OutlierStates.Event ? CorrectionReasons.Event : row.Reason == OutlierReasons.StockOut ? CorrectionReasons.StockOut : CorrectionReasons.Outlier;
        return DaysOf(row).Select(day => new DayToCorrect(cell, day, state == OutlierStates.Event ? null : Quantity.OfMean(row.P50), reason, null));
    }

    private static IEnumerable<DateOnly> DaysOf(Outlier row) => Enumerable.Range(0, row.Days).Select(row.Day.AddDays);
}
