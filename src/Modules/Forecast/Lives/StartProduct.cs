using EPM.Forecast.Answers;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Lives;

/// <summary>Says what a new product's forecasts begin with: another product's, times so much, or its category's usual share.</summary>
/// <param name="Like">Sku; null for the category.</param>
[Needs(Permissions.EditForecasts)]
internal sealed record StartProduct(string Sku, string? Like, decimal Multiplier) : ICommand<Unit>
{
    internal sealed record Body(string? Like, decimal Multiplier);

    public static async Task<IResult> Endpoint(string sku, Body start, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new StartProduct(sku, start.Like, start.Multiplier), ct);
        return Results.NoContent();
    }
}

internal sealed class StartProductValidator : AbstractValidator<StartProduct>
{
    public StartProductValidator() => RuleFor(start => start.Multiplier).GreaterThan(0).LessThanOrEqualTo(1_000);
}

internal sealed class StartProductHandler(Sight sight, LifeStore lives, AuditTrail audit) : IRequestHandler<StartProduct, Unit>
{
    public async Task<Unit> Handle(StartProduct request, CancellationToken cancellationToken)
    {
        var seen = await sight.OfAsync(cancellationToken);
        var product = seen.WholeProduct(request.Sku);
        var like = string.IsNullOrEmpty(request.Like) ? null : seen.Product(request.Like);
        if (like == product)
            throw new RuleBroken("forecast_like_itself");
        await lives.StartAsync(product.ProductNo, like?.ProductNo, request.Multiplier, cancellationToken);
        audit.Record("forecast-product.started", $"product/{product.Sku}", after: new { Like = like?.Sku, request.Multiplier });
        return Unit.Value;
    }
}
