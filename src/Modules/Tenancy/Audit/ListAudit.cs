using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Tenancy.Audit;

/// <summary>The trail, newest entry first.</summary>
[Needs(Permissions.ViewAudit)]
[Reads]
internal sealed record ListAudit(AuditFilter Filter, int Page, int Size) : IDirect<AuditPage>
{
    public static async Task<IResult> Endpoint([AsParameters] AuditFilter filter, IMediator mediator, CancellationToken ct, int page = 1, int size = 50) =>
        TypedResults.Ok(await mediator.Send(new ListAudit(filter, Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, 200)), ct));
}

/// <param name="Actions">All there are, for choosing one.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntryView> Items, long Total, IReadOnlyList<AuditActionView> Actions);

internal sealed class ListAuditHandler(TenantSession session, CurrentTenant tenant, CurrentCaller caller, AuditViews views) : IRequestHandler<ListAudit, AuditPage>
{
    public async Task<AuditPage> Handle(ListAudit request, CancellationToken cancellationToken)
    {
        WholeChain.Require(caller);
        // Parameters belong to one command, so the condition is made twice.
        var (condition, parameters) = request.Filter.ToSql(tenant.Info);
        var total = await session.ReadAsync($"SELECT count(*) FROM platform.audit_entry WHERE tenant_id = $1 AND {condition}",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, .. request.Filter.ToSql(tenant.Info).Parameters],
            async reader => await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0, cancellationToken);
        var entries = await AuditRows.ReadAsync(session, FormattableString.Invariant($"{condition} ORDER BY number DESC LIMIT {request.Size} OFFSET {(request.Page - 1L) * request.Size}"),
            parameters, cancellationToken);
        return new AuditPage([.. entries.Select(views.Tell)], total, views.Actions());
    }
}
