using EPM.Platform.Http;
using EPM.Platform.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Messaging;

/// <summary>
/// Brings facts to those who react to them. A fact is held by a lock that dies with its holder's connection, and is removed in the
/// transaction of the last reaction: at least once, and its effect on the database exactly once.
/// </summary>
public sealed partial class FactDispatcher(
    Deliveries deliveries, Reactions reactions, BatchDelivery batches, TimeProvider time, ILogger<FactDispatcher> logger) : BackgroundService
{
    /// <summary>Failures after which a fact is put aside with its reason; those behind it then go on.</summary>
    public const int MostAttempts = 10;

    private const int Lanes = 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        reactions.Kinds.Length == 0 ? Task.CompletedTask : Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => LaneAsync(lane, stoppingToken), stoppingToken)));

    private async Task LaneAsync(int turn, CancellationToken stopping)
    {
        var quiet = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await DeliverDueAsync(turn++, stopping) > 0)
                    quiet = 0;
                else
                    await deliveries.SleepAsync(quiet++, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLaneFailed(failure);
                await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
            }
        }
    }

    /// <summary>Goes once round the tenants that something is due to: one batch each, however much more waits for one of them.</summary>
    /// <param name="turn">Where to begin, another place each time: nobody is always served last.</param>
    /// <returns>How many facts were taken.</returns>
    public async Task<int> DeliverDueAsync(int turn, CancellationToken ct)
    {
        var due = await deliveries.DueAsync(reactions.Kinds, ct);
        var taken = 0;
        for (var n = 0; n < due.Count; n++)
        {
            ct.ThrowIfCancellationRequested();
            var delivered = await DeliverAsync(due[(int)(((uint)turn + n) % due.Count)], ct);
            // There is more than one lane can carry.
            if (delivered >= BatchDelivery.Subjects)
                deliveries.Signal();
            taken += delivered;
        }
        return taken;
    }

    // Of a tenant that is being restored everything waits; the others do not wait with it.
    private async Task<int> DeliverAsync(Addressee to, CancellationToken ct)
    {
        try
        {
            return await batches.DeliverAsync(to, ct);
        }
        catch (TenantClosed)
        {
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A dispatcher lane failed; it goes on in a second")]
    private partial void LogLaneFailed(Exception failure);
}
