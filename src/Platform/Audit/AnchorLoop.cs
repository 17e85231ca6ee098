using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Audit;

/// <summary>Brings anchors to disk every second, many commits at a time.</summary>
public sealed partial class AnchorLoop(AuditAnchors anchors, TimeProvider time, ILogger<AnchorLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Flush();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What still waits is written when the host lets go of the anchors.
        }
    }

    // Nothing is lost by a full disk: the anchors wait, and the newest of each chain is all that counts.
    private void Flush()
    {
        try
        {
            anchors.Flush();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailed(failure, anchors.Path);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit anchors could not be written to {Path}; they wait")]
    private partial void LogFailed(Exception failure, string path);
}
