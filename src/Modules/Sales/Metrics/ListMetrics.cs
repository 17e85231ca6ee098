using EPM.Platform.Localisation;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Sales.Metrics;

/// <summary>The metrics the caller may see, with what they mean.</summary>
[Needs(Permissions.ViewDashboard)]
[Reads]
internal sealed record ListMetrics : IDirect<MetricList>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => Results.Ok(await mediator.Send(new ListMetrics(), ct));
}

internal sealed record MetricList(IReadOnlyList<MetricDefinition> Items);

/// <param name="Unit">money, count, number or percent (told as a fraction).</param>
/// <param name="Kind">additive, ratio or distinct.</param>
internal sealed record MetricDefinition(string Name, string Label, string Formula, string Unit, string Kind, string GoodDirection, bool NeedsCost);

internal sealed class ListMetricsHandler(CurrentCaller caller, Texts texts) : IRequestHandler<ListMetrics, MetricList>
{
    public Task<MetricList> Handle(ListMetrics request, CancellationToken cancellationToken)
    {
        var language = caller.Value.Language;
        return Task.FromResult(new MetricList([.. MetricRegistry.All
            .Where(metric => !metric.NeedsCost || caller.Value.Scope.SeesCost)
            .Select(metric => new MetricDefinition(
                metric.Name, texts.Say(language, $"metric.{metric.Name}"), texts.Say(language, $"metric.{metric.Name}.formula"),
                metric.Unit.ToString().ToLowerInvariant(), metric.Kind.ToString().ToLowerInvariant(), metric.GoodIsUp ? "up" : "down", metric.NeedsCost))]));
    }
}
