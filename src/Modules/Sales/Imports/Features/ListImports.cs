using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Sales.Imports.Features;

/// <summary>The tenant's imports, newest first.</summary>
[Needs(Permissions.ViewImports)]
[Reads]
internal sealed record ListImports(int Page, int Size) : IDirect<ImportPage>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct, int page = 1, int size = 50) =>
        Results.Ok(await mediator.Send(new ListImports(Math.Max(1, page), Math.Clamp(size, 1, 200)), ct));
}

internal sealed record ImportPage(IReadOnlyList<ImportView> Items, long Total);

internal sealed class ListImportsHandler(ImportViews views, TenantSession session) : IRequestHandler<ListImports, ImportPage>
{
    public async Task<ImportPage> Handle(ListImports request, CancellationToken cancellationToken)
    {
        var total = await session.ReadAsync("SELECT count(*) FROM sales.import WHERE tenant_id = $1",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }],
            async reader => await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0, cancellationToken);
        return new ImportPage(await views.PageAsync(request.Page, request.Size, cancellationToken), total);
    }
}
