using EPM.Platform.Persistence;
using EPM.Platform.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Operations;

/// <summary>Tells the monitoring, every minute, when a backup was made and one last proven, and which alarms there are.</summary>
public sealed partial class OperationsWatch(Database database, ServiceAlarms alarms, TimeProvider time, ILogger<OperationsWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    // An outage is told once.
    private bool _reads = true;

    /// <summary>When this host began to serve.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        RestoreProof? known = null;
        using var minutes = new PeriodicTimer(Between, time);
        try
        {
            do
            {
                known = await ReadAsync(stoppingToken) ?? known;
                // What was known grows older whether the database answers or not.
                if (known is not null)
                    Tell(known);
            }
            while (await minutes.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    private async Task<RestoreProof?> ReadAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await Database.OpenAsync(database.Loops, ct);
            var proof = await RestoreProof.ReadAsync(connection, ct);
            _reads = true;
            return proof;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            if (_reads)
                LogFailed(failure);
            _reads = false;
            return null;
        }
    }

    private void Tell(RestoreProof proof)
    {
        if (proof.Backup is { } backup)
            EpmMeters.BackupTimestamp.Record(backup.At.ToUnixTimeSeconds());
        if (proof.Good is { } drill)
            EpmMeters.DrillTimestamp.Record(drill.At.ToUnixTimeSeconds());
        var raised = alarms.Of(proof).Select(alarm => alarm.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var code in ServiceAlarms.Codes)
            EpmMeters.Alarm.Record(raised.Contains(code) ? 1 : 0, EpmMeters.Tag("code", code));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "When backups were made and proven could not be read; the next minute tries again")]
    private partial void LogFailed(Exception failure);
}
