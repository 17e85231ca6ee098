using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
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
    public static async Task<IResult> Endpoint(Guid id, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var events = await mediator.Send(new WatchImport(id), ct);
        // Whatever nginx is in front passes them on as they come, without being told by its own configuration.
        response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events);
    }
}

internal sealed class WatchImportHandler(ImportViews views, TimeProvider time) : IRequestHandler<WatchImport, IAsyncEnumerable<SseItem<ImportView>>>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public async Task<IAsyncEnumerable<SseItem<ImportView>>> Handle(WatchImport request, CancellationToken cancellationToken)
    {
        var first = await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
        return FollowAsync(first, cancellationToken);
    }

    private async IAsyncEnumerable<SseItem<ImportView>> FollowAsync(ImportView first, [EnumeratorCancellation] CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var last = first;
        yield return Item(first);
        while (!ImportViews.IsOver(last) && await timer.WaitForNextTickAsync(ct))
        {
            var now = await views.FindAsync(first.Id, ct);
            if (now is null)
                yield break;
            if (now.Read != last.Read || now.State != last.State)
                yield return Item(now);
            last = now;
        }
    }

    private static SseItem<ImportView> Item(ImportView import) => new(import, "progress");
}
