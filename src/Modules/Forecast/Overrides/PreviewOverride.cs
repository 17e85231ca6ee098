using EPM.Forecast.Domain;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Forecast.Overrides;

/// <summary>Units before and after, over all cells it would reach.</summary>
/// <param name="Cells">Products in stores.</param>
internal sealed record OverridePreview(double Before, double After, int Cells, IReadOnlyList<PreviewedDay> Days);

internal sealed record PreviewedDay(DateOnly Date, double Before, double After);

/// <summary>What an override would do, without doing it.</summary>
[Needs(Permissions.EditForecasts)]
internal sealed record PreviewOverride(OverrideInput Body) : IDirect<OverridePreview>
{
    public static async Task<Ok<OverridePreview>> Endpoint(OverrideInput body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new PreviewOverride(body), ct));
}

internal sealed class PreviewOverrideValidator : AbstractValidator<PreviewOverride>
{
    // A reason is given when the planner is content with what they saw.
    public PreviewOverrideValidator() =>
        RuleFor(preview => preview.Body).Cascade(CascadeMode.Stop).NotNull().SetValidator(new OverrideInputValidator(withReason: false));
}

internal sealed class PreviewOverrideHandler(TenantSession session, IStoreDirectory stores, IProductDirectory products, OverrideEffects effects, CurrentCaller caller, TimeProvider time)
    : IRequestHandler<PreviewOverride, OverridePreview>
{
    public async Task<OverridePreview> Handle(PreviewOverride request, CancellationToken cancellationToken)
    {
        var item = request.Body;
        var reach = item.Reach(await stores.AllAsync(cancellationToken), await products.AllAsync(cancellationToken));
        reach.ShouldBeWithin(caller.Value.Scope);
        var made = new Override
        {
            OverrideId = item.Id ?? Guid.Empty,
            Version = 1,
            Level = item.Level,
            ProductNo = reach.ProductNo,
            CategoryNo = reach.CategoryNo,
            StoreNo = reach.StoreNo,
            RegionCode = reach.RegionCode,
            FromDay = item.From,
            ToDay = item.To,
            Formula = item.Formula,
            Reason = "",
            CreatedBy = caller.Value.UserId,
            CreatedByName = caller.Value.Name,
            CreatedAt = time.GetUtcNow(),
        };
        var effect = await session.RunAsync(readOnly: true, () => effects.OfAsync(made, reach, item.Read(), path: "", cancellationToken), cancellationToken);
        return new OverridePreview(Quantity.Units(effect.Before), Quantity.Units(effect.After), effect.Cells.Count,
            [.. effect.Days.Select(day => new PreviewedDay(day.Day, Quantity.Units(day.Before), Quantity.Units(day.After)))]);
    }
}
