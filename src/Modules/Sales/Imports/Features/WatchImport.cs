using System.Net.ServerSentEvents;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Sales.Imports.Features;

/// <summary>Progress of an import as server-sent events, until it has ended; any host can tell it.</summary>
[Needs(Permissions.ViewImports)]
[Reads]
internal sealed record WatchImport(Guid Id) : IDirect<IAsyncEnumerable<SseItem<ImportView>>>
{
    public static async Task<IResult> Endpoint(Guid id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        Progress.Answer(await mediator.Send(new WatchImport(id), ct), response);
}

internal sealed class WatchImportHandler(ImportViews views, TimeProvider time) : IRequestHandler<WatchImport, IAsyncEnumerable<SseItem<ImportView>>>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public async Task<IAsyncEnumerable<SseItem<ImportView>>> Handle(WatchImport request, CancellationToken cancellationToken)
    {
        var first = await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
        return Progress.FollowAsync(
            first, ct => views.FindAsync(request.Id, ct), ImportViews.IsOver, (last, now) => now.Read != last.Read || now.State != last.State, Interval, time, cancellationToken);
    }
}
