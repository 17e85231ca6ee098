using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Conflict = EPM.Platform.Http.Conflict;
using NotFound = EPM.Platform.Http.NotFound;

namespace EPM.Forecast.Overrides;

/// <summary>Makes overrides, or puts others in their place; all of them or none.</summary>
[Needs(Permissions.EditForecasts)]
internal sealed record SetOverrides(IReadOnlyList<OverrideInput> Items) : ICommand<OverrideList>
{
    public static async Task<Ok<OverrideList>> Endpoint(SetOverrides body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(body, ct));
}

internal sealed class SetOverridesValidator : AbstractValidator<SetOverrides>
{
    public SetOverridesValidator()
    {
        RuleFor(set => set.Items).Cascade(CascadeMode.Stop).NotNull()
            .Must(items => items.All(item => item is not null)).WithErrorCode("NotNullValidator")
            .Must(items => items.Count <= 100).WithErrorCode("too_many_overrides");
        RuleForEach(set => set.Items).SetValidator(new OverrideInputValidator());
    }
}

internal sealed class SetOverridesHandler(
    TenantSession session, PlanningDbContext db, IStoreDirectory stores, IProductDirectory products, OverrideEffects effects, OverrideViews views, CurrentCaller caller,
    AuditTrail audit, Ids ids, TimeProvider time) : IRequestHandler<SetOverrides, OverrideList>
{
    public async Task<OverrideList> Handle(SetOverrides request, CancellationToken cancellationToken)
    {
        var told = new List<OverrideView>(request.Items.Count);
        for (var i = 0; i < request.Items.Count; i++)
            told.Add(await SetAsync(request.Items[i], FormattableString.Invariant($"items[{i}]."), cancellationToken));
        session.FiguresChange();
        return new OverrideList(told, told.Count);
    }

    private async Task<OverrideView> SetAsync(OverrideInput item, string path, CancellationToken ct)
    {
        var (map, catalogue) = (await stores.AllAsync(ct), await products.AllAsync(ct));
        var reach = item.Reach(map, catalogue);
        reach.ShouldBeWithin(caller.Value.Scope);
        var versions = item.Id is { } id ? await VersionsAsync(id, map, catalogue, ct) : [];
        var before = versions.LastOrDefault();
        var now = time.GetUtcNow();
        var made = new Override
        {
            OverrideId = before?.OverrideId ?? ids.Next(),
            Version = versions.Count + 1,
            Level = item.Level,
            ProductNo = reach.ProductNo,
            CategoryNo = reach.CategoryNo,
            StoreNo = reach.StoreNo,
            RegionCode = reach.RegionCode,
            FromDay = item.From,
            ToDay = item.To,
            Formula = item.Formula.Trim(),
            Reason = item.Reason.Trim(),
            ExpiresOn = item.ExpiresOn,
            CreatedBy = caller.Value.UserId,
            CreatedByName = caller.Value.Name,
            CreatedAt = now,
        };
        var effect = await effects.OfAsync(made, reach, item.Read(), path, ct);
        (made.BeforeUnits, made.AfterUnits) = (effect.Before, effect.After);
        before?.End(now, caller.Value.Name, withdrawn: false);
        db.Overrides.Add(made);
        await db.SaveChangesAsync(ct);
        if (effect.Shares is { } shares)
            await new ShareTable(session).InsertAsync(OverrideKey.Of(made), effect.Cells, shares, ct);
        audit.Record(before is null ? "override.made" : "override.changed", $"override/{made.OverrideId}", Told(before), Told(made));
        return await views.OfAsync([.. versions, made], ct);
    }

    // What is replaced has to be the person's to replace.
    private async Task<List<Override>> VersionsAsync(Guid id, StoreMap map, ProductMap catalogue, CancellationToken ct)
    {
        var versions = await db.Overrides.Where(row => row.OverrideId == id).OrderBy(row => row.Version).ToListAsync(ct);
        if (versions.Count == 0 || OverrideReach.Of(versions[^1], map, catalogue) is var reach && !reach.Touches(caller.Value.Scope))
            throw new NotFound();
        reach.ShouldBeWithin(caller.Value.Scope);
        return versions[^1].Withdrawn ? throw new Conflict("override_withdrawn") : versions;
    }

    private static object? Told(Override? made) => made is null ? null
        : new { made.Level, made.ProductNo, made.CategoryNo, made.StoreNo, made.RegionCode, made.FromDay, made.ToDay, made.Formula, made.Reason, made.ExpiresOn, Before = Quantity.Units(made.BeforeUnits), After = Quantity.Units(made.AfterUnits) };
}
