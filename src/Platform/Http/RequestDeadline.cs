using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EPM.Platform.Http;

/// <summary>
/// Nobody waits for an answer longer than this: the request's token is cancelled, everything that waits by it lets go, and the caller is
/// told to come again. Routes that stream are excepted by <see cref="DeadlineRoutes.TakesItsTime{T}"/>.
/// </summary>
public sealed class RequestDeadline(RequestDelegate next, EpmSettings settings)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Unhurried>() is not null)
        {
            await next(http);
            return;
        }
        var left = http.RequestAborted;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(left);
        var answer = new AnswerDeadline(late, settings.Deadline);
        answer.Restart();
        http.Features.Set(answer);
        using var told = new CancellationTokenSource();
        await using var telling = late.Token.UnsafeRegister(static all => Tell((CancellationTokenSource)all!), told);
        PromptConnections.IsCancelledBefore(late.Token, told.Token);
        http.RequestAborted = told.Token;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException cancelled) when (late.IsCancellationRequested && !left.IsCancellationRequested)
        {
            throw new Busy(cancelled);
        }
        finally
        {
            http.RequestAborted = left;
        }
    }

    private static void Tell(CancellationTokenSource all)
    {
        try
        {
            all.Cancel();
        }
        catch (AggregateException)
        {
            // A driver that fails at giving up has given up; from a timer its failure would end the host.
        }
    }
}

/// <summary>When the request under way has to be answered.</summary>
internal sealed class AnswerDeadline(CancellationTokenSource late, TimeSpan usual)
{
    public void Restart() => In(usual);

    public void In(TimeSpan time) => late.CancelAfter(time);
}

internal sealed class Unhurried;

public static class DeadlineRoutes
{
    /// <summary>For a route that streams a body in or out, and takes as long as the other side does.</summary>
    public static T TakesItsTime<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Unhurried());
}
