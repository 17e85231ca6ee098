using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Platform.TenantCopies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPM.Platform.Caching;

/// <summary>Keeps one connection listening for new data versions, and for tenants restored or gone, and reconnects when it is lost.</summary>
public sealed partial class VersionListener(Database database, DataVersions versions, ITenantDirectory tenants, TimeProvider time, ILogger<VersionListener> logger) : BackgroundService
{
    // An outage is told once.
    private bool _heard = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                versions.Listening(false);
                if (_heard)
                    LogLost(failure);
                _heard = false;
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await Database.OpenAsync(database.Loops, ct);
        connection.Notification += (_, said) => Hear(said);
        await using (var listen = new NpgsqlCommand($"LISTEN {DataVersions.Channel}; LISTEN {TenantChanges.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        versions.Listening(true);
        _heard = true;
        await connection.UntilLostAsync(ct);
    }

    private void Hear(NpgsqlNotificationEventArgs said)
    {
        if (said.Channel == TenantChanges.Channel)
            tenants.Forget(said.Payload);
        else
            versions.Hear(said.Payload);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the data version listener; answers come from the database until it is back")]
    private partial void LogLost(Exception failure);
}
