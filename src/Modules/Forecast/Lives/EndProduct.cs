using EPM.Forecast.Answers;
using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Lives;

/// <summary>Says from which day on nothing is expected of a product any more.</summary>
/// <param name="On">Null to take it back.</param>
[Needs(Permissions.EditForecasts)]
internal sealed record EndProduct(string Sku, DateOnly? On) : ICommand<Unit>
{
    internal sealed record Body(DateOnly? On);

    public static async Task<IResult> Endpoint(string sku, Body end, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EndProduct(sku, end.On), ct);
        return Results.NoContent();
    }
}

internal sealed class EndProductHandler(Sight sight, LifeStore lives, AuditTrail audit) : IRequestHandler<EndProduct, Unit>
{
    public async Task<Unit> Handle(EndProduct request, CancellationToken cancellationToken)
    {
        var product = (await sight.OfAsync(cancellationToken)).WholeProduct(request.Sku);
        await lives.EndAsync(product.ProductNo, request.On, cancellationToken);
        audit.Record("forecast-product.ended", $"product/{product.Sku}", after: new { request.On });
        return Unit.Value;
    }
}
