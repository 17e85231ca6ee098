using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Sales.Imports.Features;

/// <summary>State and counters of one import.</summary>
[Needs(Permissions.ViewImports)]
[Reads]
internal sealed record GetImport(Guid Id) : IDirect<ImportView>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct) =>
        Results.Ok(await mediator.Send(new GetImport(id), ct));
}

internal sealed class GetImportHandler(ImportViews views) : IRequestHandler<GetImport, ImportView>
{
    public async Task<ImportView> Handle(GetImport request, CancellationToken cancellationToken) =>
        await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
}
