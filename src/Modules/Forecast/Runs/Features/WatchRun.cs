using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EPM.Forecast.Runs;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Features;

/// <summary>Progress of a run as server-sent events, until it has ended; any host can tell it.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record WatchRun(Guid Id) : IDirect<IAsyncEnumerable<SseItem<RunView>>>
{
    public static async Task<IResult> Endpoint(Guid id, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var events = await mediator.Send(new WatchRun(id), ct);
        // Whatever nginx is in front passes them on as they come, without being told by its own configuration.
        response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events);
    }
}

internal sealed class WatchRunHandler(RunViews views, TimeProvider time) : IRequestHandler<WatchRun, IAsyncEnumerable<SseItem<RunView>>>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    public async Task<IAsyncEnumerable<SseItem<RunView>>> Handle(WatchRun request, CancellationToken cancellationToken)
    {
        var first = await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
        return FollowAsync(first, cancellationToken);
    }

    private async IAsyncEnumerable<SseItem<RunView>> FollowAsync(RunView first, [EnumeratorCancellation] CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var last = first;
        yield return Item(first);
        while (!RunStates.IsFinal(last.State) && await timer.WaitForNextTickAsync(ct))
        {
            var now = await views.FindAsync(first.Id, ct);
            if (now is null)
                yield break;
            if (now.Done != last.Done || now.State != last.State)
                yield return Item(now);
            last = now;
        }
    }

    private static SseItem<RunView> Item(RunView run) => new(run, "progress");
}
