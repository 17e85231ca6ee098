using System.Runtime.CompilerServices;
using EPM.Platform.Audit;
using EPM.Platform.Documents;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Audit;

/// <summary>The trail as a file, newest entry first.</summary>
[Needs(Permissions.ViewAudit)]
[Reads]
internal sealed record ExportAudit(AuditFilter Filter) : IDirect<IAsyncEnumerable<AuditEntryView>>
{
    private static readonly string[] Header = ["number", "at", "who", "email", "via", "action", "label", "subject", "before", "after", "address", "agent"];

    public static async Task<IResult> Endpoint([AsParameters] AuditFilter filter, IMediator mediator, CurrentTenant tenant, CurrentCaller caller, CancellationToken ct)
    {
        var entries = await mediator.Send(new ExportAudit(filter), ct);
        return Results.Stream(async to =>
        {
            await using var csv = new CsvExport(to, caller.Value.Language);
            await csv.RowAsync(Header);
            await foreach (var entry in entries)
                await csv.RowAsync(Row(entry));
        }, CsvExport.ContentType, $"audit-{tenant.Info.Slug}.csv");
    }

    private static object?[] Row(AuditEntryView entry) =>
    [
        entry.Number, entry.At, entry.Who?.Name, entry.Who?.Email, entry.Via, entry.Action, entry.Label, entry.Subject,
        entry.Before?.ToJsonString(), entry.After?.ToJsonString(), entry.Address, entry.Agent,
    ];
}

internal sealed class ExportAuditHandler(TenantSession session, CurrentTenant tenant, CurrentCaller caller, AuditViews views)
    : IRequestHandler<ExportAudit, IAsyncEnumerable<AuditEntryView>>
{
    private const int PageSize = 2_000;

    public Task<IAsyncEnumerable<AuditEntryView>> Handle(ExportAudit request, CancellationToken cancellationToken)
    {
        WholeChain.Require(caller);
        // Read now, so that a filter nobody understands is refused before the file begins.
        _ = request.Filter.ToSql(tenant.Info);
        return Task.FromResult(EntriesAsync(request.Filter, cancellationToken));
    }

    private async IAsyncEnumerable<AuditEntryView> EntriesAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var below = long.MaxValue;
        while (true)
        {
            var (condition, parameters) = filter.ToSql(tenant.Info);
            var page = await AuditRows.ReadAsync(session,
                FormattableString.Invariant($"{condition} AND number < {below} ORDER BY number DESC LIMIT {PageSize}"), parameters, ct);
            foreach (var entry in page)
                yield return views.Tell(entry);
            if (page.Count < PageSize)
                yield break;
            below = page[^1].Number;
        }
    }
}
