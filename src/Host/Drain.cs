using EPM.Platform.Modules;

namespace EPM.Host;

/// <summary>
/// Between the signal to stop and the end of listening: readiness says no at once, and this host goes on serving for as long as whoever
/// sends it traffic may take to notice. Answers end their connections meanwhile, so that none is kept for another request.
/// </summary>
internal sealed class Drain(EpmSettings settings, TimeProvider time) : IHostedLifecycleService
{
    // In a rolling restart the host before has only just come back, and nginx thinks it gone for up to two seconds more.
    private static readonly TimeSpan BeforeSendingElsewhere = TimeSpan.FromSeconds(2.5);

    // A proxy that was sent elsewhere stays away for a second at least; what it had sent just before has been read after a quarter of one.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan StaysAway = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private long _since;
    private long _lastArrival;
    private volatile bool _lastWasSentOn;

    public bool IsUnderWay { get; private set; }

    private bool SendsElsewhere => time.GetElapsedTime(_since) >= BeforeSendingElsewhere;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _since = _lastArrival = time.GetTimestamp();
        IsUnderWay = true;
        await Task.Delay(settings.DrainFor, time, cancellationToken);
        while (SendsElsewhere && !IsLeftAlone() && time.GetElapsedTime(_since) < settings.DrainFor + Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
    }

    /// <summary>Takes note of a request that came while this host is on its way out.</summary>
    /// <returns>Whether the proxy is to ask another host.</returns>
    public bool IsSentOn(bool canGoElsewhere)
    {
        _lastWasSentOn = canGoElsewhere && SendsElsewhere;
        Interlocked.Exchange(ref _lastArrival, time.GetTimestamp());
        return _lastWasSentOn;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Nobody came for a while, and nobody is about to: the end of listening then meets no request that is half on its way.
    private bool IsLeftAlone() => time.GetElapsedTime(Interlocked.Read(ref _lastArrival)) is var silence
        && (silence > StaysAway + StaysAway || (_lastWasSentOn && silence >= Quiet && silence < StaysAway));
}

internal static class Draining
{
    // Set by the proxy in front for what it may send a second time; whoever sets it without one is told to ask elsewhere, and only now.
    private const string CanGoElsewhere = "X-Epm-Elsewhere";

    public static void UseDrain(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use((http, next) =>
        {
            if (!drain.IsUnderWay)
                return next(http);
            http.Response.Headers.Connection = "close";
            if (!drain.IsSentOn(http.Request.Headers[CanGoElsewhere] == "yes"))
                return next(http);
            // Not 503, which a host also says whose database rests.
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
            return Task.CompletedTask;
        });
    }
}
