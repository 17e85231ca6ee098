using EPM.Platform.Http;
using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Forecast.Runs;

/// <summary>Looks every minute which chains are due for a run, and queues it: any number of hosts may look, one run is queued.</summary>
internal sealed partial class NightlyRuns(IServiceScopeFactory scopes, ITenantDirectory directory, TimeProvider time, ILogger<NightlyRuns> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minutes = new PeriodicTimer(Between, time);
        // An outage is told once.
        var looked = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await minutes.WaitForNextTickAsync(stoppingToken);
                await QueueDueAsync(stoppingToken);
                looked = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (looked)
                    LogFailed(failure);
                looked = false;
            }
        }
    }

    /// <returns>How many runs were queued.</returns>
    public async Task<int> QueueDueAsync(CancellationToken ct)
    {
        var queued = 0;
        foreach (var slug in await directory.SlugsAsync(ct))
        {
            try
            {
                if (await directory.FindAsync(slug, ct) is { } tenant && await QueueDueAsync(tenant, ct))
                    queued++;
            }
            catch (Failure gone) when (gone is TenantClosed or NotFound)
            {
                // Restored or deleted at this moment: the next minute comes by again.
            }
        }
        return queued;
    }

    private async Task<bool> QueueDueAsync(TenantInfo tenant, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
        var night = scope.ServiceProvider.GetRequiredService<Night>();
        if (await night.DueAsync(ct) is not { } kind)
            return false;
        var session = scope.ServiceProvider.GetRequiredService<TenantSession>();
        var queue = scope.ServiceProvider.GetRequiredService<RunQueue>();
        await session.BeginAsync(readOnly: false, ct);
        session.AfterCommit(scope.ServiceProvider.GetRequiredService<JobQueue>().Signal);
        var queued = await queue.QueueNightlyAsync(kind, ct);
        await session.CommitAsync(ct);
        return queued;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which chains are due for forecasts could not be found out; the next minute tries again")]
    private partial void LogFailed(Exception failure);
}
