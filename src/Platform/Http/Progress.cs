using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Http;

/// <summary>Progress of background work as server-sent events: asked for now and then, told when it moved, until it is over.</summary>
public static class Progress
{
    /// <param name="first">How it stands; told at once.</param>
    /// <param name="ask">How it stands now; null when it is gone, which ends the telling.</param>
    /// <param name="isOver">Whether nothing will come after this.</param>
    /// <param name="hasMoved">Whether the second says something that the first did not.</param>
    public static async IAsyncEnumerable<SseItem<T>> FollowAsync<T>(
        T first, Func<CancellationToken, Task<T?>> ask, Func<T, bool> isOver, Func<T, T, bool> hasMoved, TimeSpan interval, TimeProvider time, [EnumeratorCancellation] CancellationToken ct)
        where T : class
    {
        using var timer = new PeriodicTimer(interval, time);
        var last = first;
        yield return Item(first);
        while (!isOver(last) && await timer.WaitForNextTickAsync(ct))
        {
            if (await ask(ct) is not { } now)
                yield break;
            if (hasMoved(last, now))
                yield return Item(now);
            last = now;
        }
    }

    public static IResult Answer<T>(IAsyncEnumerable<SseItem<T>> events, HttpResponse response)
    {
        // Whatever nginx is in front passes them on as they come, without being told by its own configuration.
        response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events);
    }

    private static SseItem<T> Item<T>(T state) => new(state, "progress");
}
