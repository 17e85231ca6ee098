using EPM.Forecast.Answers;
using EPM.Forecast.Runs;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Jobs;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Features;

/// <summary>Queues a run on demand, over the whole chain or a part of it.</summary>
/// <param name="Skus">Null for all.</param>
/// <param name="Stores">Codes; null for all that the caller sees.</param>
[Needs(Permissions.RunForecasts)]
internal sealed record QueueRun(string Kind, IReadOnlyList<string>? Skus, IReadOnlyList<string>? Stores) : ICommand<QueuedRun>
{
    public static async Task<IResult> Endpoint(QueueRun run, IMediator mediator, CancellationToken ct)
    {
        var queued = await mediator.Send(run, ct);
        return Results.Accepted($"/api/v1/forecasts/runs/{queued.Id}", queued);
    }
}

internal sealed record QueuedRun(Guid Id);

internal sealed class QueueRunHandler(RunQueue runs, Sight sight, TenantSession session, JobQueue jobs, CurrentCaller caller, AuditTrail audit)
    : IRequestHandler<QueueRun, QueuedRun>
{
    private const int MostCodes = 10_000;

    public async Task<QueuedRun> Handle(QueueRun request, CancellationToken cancellationToken)
    {
        if (request.Kind is not (RunKinds.Retrain or RunKinds.Refresh))
            throw new BadInput("forecast_kind_unknown", ("kind", request.Kind));
        if (request.Skus?.Count > MostCodes || request.Stores?.Count > MostCodes)
            throw new BadInput("forecast_too_many");
        var seen = await sight.OfAsync(cancellationToken);
        foreach (var sku in request.Skus ?? [])
            seen.Product(sku);
        foreach (var store in request.Stores ?? [])
            seen.Store(store);
        var stores = request.Stores is { Count: > 0 } named ? named : seen.IsWholeChain ? null : [.. seen.Stores.Select(store => store.Code)];
        session.AfterCommit(jobs.Signal);
        var id = await runs.QueueAsync(request.Kind, nightly: false, request.Skus is { Count: > 0 } ? [.. request.Skus] : null, stores is null ? null : [.. stores], caller.Value.Name, cancellationToken);
        audit.Record("forecast-run.queued", $"forecast-run/{request.Kind}", after: new { Skus = request.Skus?.Count, Stores = stores?.Count });
        return new QueuedRun(id);
    }
}
