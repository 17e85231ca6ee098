using EPM.Platform.Modules;

namespace EPM.Host;

/// <summary>
/// Between the signal to stop and the end of listening: readiness says no at once, and this host goes on serving for as long as whoever
/// sends it traffic may take to notice. Answers end their connections meanwhile, so that none is kept for another request.
/// </summary>
internal sealed class Drain(EpmSettings settings, TimeProvider time) : IHostedLifecycleService
{
    public bool IsUnderWay { get; private set; }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsUnderWay = true;
        await Task.Delay(settings.DrainFor, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class Draining
{
    public static void UseDrain(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use((http, next) =>
        {
            if (drain.IsUnderWay)
                http.Response.Headers.Connection = "close";
            return next(http);
        });
    }
}
