using EPM.Platform.Caching;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Metrics;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Sales.Dashboards;

/// <summary>All that one look at the business needs, in one answer.</summary>
[Needs(Permissions.ViewDashboard)]
[Reads]
internal sealed record GetDashboard(Period Period, string? Compare, FilterQuery Filter) : IDirect<Answer>
{
    public static async Task<IResult> Endpoint(
        IMediator mediator, CancellationToken ct, DateOnly? from = null, DateOnly? to = null, string? compare = null,
        string[]? region = null, string[]? store = null, string? category = null) =>
        await mediator.Send(new GetDashboard(Period.Of(from, to), compare, FilterQuery.Of(region, store, category, null)), ct);
}

internal sealed class GetDashboardHandler(AnswerCache cache, DataVersions versions, CurrentTenant tenant, CurrentCaller caller, TimeProvider time, Func<DashboardReader> reader)
    : IRequestHandler<GetDashboard, Answer>
{
    public async Task<Answer> Handle(GetDashboard request, CancellationToken cancellationToken)
    {
        var version = await versions.CurrentAsync(tenant.Id, cancellationToken);
        // A month that passes is under way no more, though no figure has changed.
        var today = BusinessDay.Today(time, tenant.Info.TimeZone);
        var running = request.Period.From == new DateOnly(today.Year, today.Month, 1);
        var query = $"dashboard?{request.Period.From.DayNumber}|{request.Period.To.DayNumber}|{request.Compare}|{request.Filter.Key}|{running}";
        return await cache.GetAsync(new AnswerKey(tenant.Id, caller.Value.AnswerScope, version, query),
            async () =>
            {
                var (view, isPassing) = await reader().ReadAsync(request, version, running, CancellationToken.None);
                return Answer.Of(tenant.Id, view, isPassing);
            });
    }
}
