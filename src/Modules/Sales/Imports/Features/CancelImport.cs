using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Sales.Imports.Features;

/// <summary>Asks an import to stop at its next step; lines already committed stay and are counted.</summary>
[Needs(Permissions.RunImports)]
internal sealed record CancelImport(Guid Id) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new CancelImport(id), ct);
        return Results.NoContent();
    }
}

internal sealed class CancelImportHandler(TenantSession session, AuditTrail audit) : IRequestHandler<CancelImport, Unit>
{
    public async Task<Unit> Handle(CancelImport request, CancellationToken cancellationToken)
    {
        await using var ask = session.Command("""
            UPDATE sales.import SET cancel_asked = state IN ('queued', 'running') WHERE tenant_id = $1 AND import_id = $2
            RETURNING import_no
            """);
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.Id });
        if (await ask.ExecuteScalarAsync(cancellationToken) is not int number)
            throw new NotFound();
        audit.Record("import.cancel-asked", $"import/{number}");
        return Unit.Value;
    }
}
