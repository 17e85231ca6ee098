using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Forecast.Features;

/// <summary>Asks a run to stop; forecasts that are already kept stay.</summary>
[Needs(Permissions.RunForecasts)]
internal sealed record CancelRun(Guid Id) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new CancelRun(id), ct);
        return Results.NoContent();
    }
}

internal sealed class CancelRunHandler(TenantSession session, AuditTrail audit) : IRequestHandler<CancelRun, Unit>
{
    public async Task<Unit> Handle(CancelRun request, CancellationToken cancellationToken)
    {
        await using var ask = session.Command("""
            UPDATE forecast.run SET cancel_asked = state IN ('queued', 'running') WHERE tenant_id = $1 AND run_id = $2 RETURNING kind
            """);
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.Id });
        if (await ask.ExecuteScalarAsync(cancellationToken) is not string kind)
            throw new NotFound();
        audit.Record("forecast-run.cancel-asked", $"forecast-run/{kind}");
        return Unit.Value;
    }
}
