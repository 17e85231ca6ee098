using System.Net.ServerSentEvents;
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
    public static async Task<IResult> Endpoint(Guid id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        Progress.Answer(await mediator.Send(new WatchRun(id), ct), response);
}

internal sealed class WatchRunHandler(RunViews views, TimeProvider time) : IRequestHandler<WatchRun, IAsyncEnumerable<SseItem<RunView>>>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    public async Task<IAsyncEnumerable<SseItem<RunView>>> Handle(WatchRun request, CancellationToken cancellationToken)
    {
        var first = await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
        return Progress.FollowAsync(
            first, ct => views.FindAsync(request.Id, ct), run => RunStates.IsFinal(run.State), (last, now) => now.Done != last.Done || now.State != last.State, Interval, time, cancellationToken);
    }
}
