using EPM.Forecast.Answers;
using EPM.Forecast.History;
using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Features;

/// <summary>What a product, or what it belongs to, is expected to sell, day by day, and why.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record GetForecast(ForecastQuery Query) : IDirect<Answer>
{
    private const int MostHistory = 3 * 366;

    public static async Task<IResult> Endpoint(
        string sku, IMediator mediator, CancellationToken ct, string? store = null, string? region = null, DateOnly? from = null, int horizon = 30, string? level = null,
        int history = 120, bool corrected = true)
    {
        return await mediator.Send(new GetForecast(new ForecastQuery(
            sku, store, region, from, horizon, level is { Length: > 0 } ? level : Levels.Product, Math.Clamp(history, 0, MostHistory), corrected)), ct);
    }
}

internal sealed class GetForecastHandler(AnswerCache cache, DataVersions versions, CurrentTenant tenant, CurrentCaller caller, Func<ForecastAnswer> answer)
    : IRequestHandler<GetForecast, Answer>
{
    public async Task<Answer> Handle(GetForecast request, CancellationToken cancellationToken)
    {
        var query = request.Query;
        if (!Levels.All.Contains(query.Level, StringComparer.Ordinal))
            throw new BadInput("forecast_level_unknown", ("level", query.Level));
        if (query.Horizon is < 1 or > Days.Ahead)
            throw new BadInput("forecast_too_far", ("days", Days.Ahead));
        var version = await versions.CurrentAsync(tenant.Id, cancellationToken);
        return await cache.GetAsync(new AnswerKey(tenant.Id, caller.Value.AnswerScope, version, query.Key),
            async () => Answer.Of(tenant.Id, await answer().ReadAsync(query, CancellationToken.None)));
    }
}
