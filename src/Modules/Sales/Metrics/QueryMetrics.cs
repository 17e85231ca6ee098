using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Sales.Metrics;

/// <summary>Any metrics by any dimensions, with totals recomputed and a comparison beside each.</summary>
[Needs(Permissions.ViewDashboard)]
[Reads]
internal sealed record QueryMetrics(IReadOnlyList<string> Metrics, IReadOnlyList<string> By, Period Period, string? Compare, FilterQuery Filter) : IDirect<Answer>
{
    private const int MostDimensions = 3;

    public string Key => $"metrics?{string.Join(',', Metrics)}|{string.Join(',', By)}|{Period.From:O}|{Period.To:O}|{Compare}|{Filter.Key}";

    public static async Task<IResult> Endpoint(
        IMediator mediator, CancellationToken ct, string? metrics = null, string? by = null, DateOnly? from = null, DateOnly? to = null,
        string[]? region = null, string[]? store = null, string? category = null, string? product = null, string? compare = null)
    {
        var query = new QueryMetrics(Split(metrics), Split(by), Period.Of(from, to), compare, FilterQuery.Of(region, store, category, product));
        foreach (var name in query.Metrics)
        {
            if (MetricRegistry.Find(name) is null)
                throw new BadInput("metric_unknown", ("metric", name));
        }
        foreach (var dimension in query.By)
        {
            if (!RowKeys.Dimensions.Contains(dimension))
                throw new BadInput("dimension_unknown", ("dimension", dimension));
        }
        if (query.Metrics.Count == 0 || query.By.Count > MostDimensions || query.By.Distinct(StringComparer.Ordinal).Count() != query.By.Count)
            throw new BadInput("metrics_query_invalid");
        if (query.By.Contains("hour", StringComparer.Ordinal)
            && (query.Metrics.Except(["revenue", "tickets", "basket"], StringComparer.Ordinal).Any() || query.Filter.Category is not null || query.Filter.Product is not null || query.By.Any(d => d is "category" or "product")))
            throw new BadInput("hour_query_invalid");
        return await mediator.Send(query, ct);
    }

    private static IReadOnlyList<string> Split(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

internal sealed record MetricAnswer(
    DateOnly From, DateOnly To, ComparePeriod? Compare, IReadOnlyList<string> By, IReadOnlyList<MetricAnswerRow> Rows, MetricTotals Totals, long Version);

/// <summary>The days a period is compared with; as many as have figures so far.</summary>
/// <param name="Covered">False when sales are not known as far back: then no total is compared, for the difference would be of what is known.</param>
internal sealed record ComparePeriod(string Kind, DateOnly From, DateOnly To, bool Covered)
{
    public static ComparePeriod? Of(Comparison? comparison, KnownDays known) => comparison is null ? null
        : new ComparePeriod(comparison.Kind, comparison.Period.From, comparison.Period.To, known.Cover(comparison));
}

internal sealed record MetricAnswerRow(
    IReadOnlyDictionary<string, string> Keys, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, decimal?> Values, IReadOnlyDictionary<string, decimal?>? Compare);

internal sealed record MetricTotals(IReadOnlyDictionary<string, decimal?> Values, IReadOnlyDictionary<string, decimal?>? Compare);

internal sealed class QueryMetricsHandler(AnswerCache cache, DataVersions versions, CurrentTenant tenant, CurrentCaller caller, Func<MetricAnswers> answers)
    : IRequestHandler<QueryMetrics, Answer>
{
    public async Task<Answer> Handle(QueryMetrics request, CancellationToken cancellationToken)
    {
        if (!caller.Value.Scope.SeesCost && request.Metrics.Any(name => MetricRegistry.Find(name)!.NeedsCost))
            throw new Forbidden();
        if (caller.Value.Scope.IsPartOfAssortment && request.By.Contains("hour", StringComparer.Ordinal))
            throw new Forbidden("hours_of_whole_stores");
        var version = await versions.CurrentAsync(tenant.Id, cancellationToken);
        // Whoever waits for the same answer gets it even when the first to ask has left.
        return await cache.GetAsync(new AnswerKey(tenant.Id, caller.Value.AnswerScope, version, request.Key),
            async () => Answer.Of(tenant.Id, await answers().MakeAsync(request, version, CancellationToken.None)));
    }
}
