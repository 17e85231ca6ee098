using EPM.Forecast.Answers;
using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Features;

/// <summary>Products with their forecasts over the coming month, with the errors of their backtests and the value at stake.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record ListForecasts(ListQuery Query) : IDirect<Answer>
{
    public static async Task<IResult> Endpoint(
        IMediator mediator, CancellationToken ct, string? search = null, string? category = null, string? store = null, string? region = null, string? state = null,
        string? sort = null, int page = 1, int size = 50)
    {
        return await mediator.Send(new ListForecasts(new ListQuery(
            search, category, store, region, state, sort is { Length: > 0 } ? sort : "value", Math.Clamp(page, 1, 100_000), Math.Clamp(size, 1, 200))), ct);
    }
}

internal sealed class ListForecastsHandler(AnswerCache cache, DataVersions versions, CurrentTenant tenant, CurrentCaller caller, Func<ForecastLister> lister)
    : IRequestHandler<ListForecasts, Answer>
{
    public async Task<Answer> Handle(ListForecasts request, CancellationToken cancellationToken)
    {
        var query = request.Query;
        if (query.Search is { Length: > 100 } || query.Search?.Any(char.IsControl) == true)
            throw new Invalid([new FieldError("search", "text_plain")]);
        if (!ListQuery.Sorts.Contains(query.Sort, StringComparer.Ordinal))
            throw new BadInput("forecast_sort_unknown", ("sort", query.Sort));
        var version = await versions.CurrentAsync(tenant.Id, cancellationToken);
        return await cache.GetAsync(new AnswerKey(tenant.Id, caller.Value.AnswerScope, version, query.Key),
            async () => Answer.Of(tenant.Id, await lister().ReadAsync(query, CancellationToken.None)));
    }
}
