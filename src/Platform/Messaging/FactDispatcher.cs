using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Messaging;

/// <summary>
/// Brings facts to those who react to them. A fact is held by a lock that dies with its holder's connection, and is removed in the
/// transaction of the last reaction: at least once, and its effect on the database exactly once.
/// </summary>
public sealed partial class FactDispatcher(
    Deliveries deliveries, Reactions reactions, IServiceScopeFactory scopes, TimeProvider time, ILogger<FactDispatcher> logger) : BackgroundService
{
    /// <summary>Failures after which a fact is put aside with its reason; those behind it then go on.</summary>
    public const int MostAttempts = 10;

    private const int Lanes = 2;
    private const int AtOnce = 64;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        reactions.Kinds.Length == 0 ? Task.CompletedTask : Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => LaneAsync(lane, stoppingToken), stoppingToken)));

    private async Task LaneAsync(int lane, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await DeliverDueAsync(backwards: lane % 2 == 1, stopping) == 0)
                    await deliveries.SleepAsync(time, stopping);
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

    /// <summary>Delivers what is due at this moment.</summary>
    /// <param name="backwards">From the other end, so that two who look at the same time rarely meet.</param>
    /// <returns>How many facts were due to somebody and not held by another dispatcher.</returns>
    public async Task<int> DeliverDueAsync(bool backwards, CancellationToken ct)
    {
        var due = await deliveries.DueAsync(reactions.Kinds, AtOnce, ct);
        var taken = 0;
        foreach (var waiting in backwards ? due.Reverse() : due)
        {
            ct.ThrowIfCancellationRequested();
            taken += await DeliverAsync(waiting, ct) ? 1 : 0;
        }
        return taken;
    }

    // Each consumer in a unit of work of its own: one that fails does not undo what another did.
    private async Task<bool> DeliverAsync(Waiting waiting, CancellationToken ct)
    {
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var taken = false;
        while (await StepAsync(waiting, failed, ct))
            taken = true;
        return taken;
    }

    /// <returns>Whether there may be more to do about this fact now.</returns>
    private async Task<bool> StepAsync(Waiting waiting, HashSet<string> failed, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await EnterAsync(scope.ServiceProvider, waiting, ct) is not { } session)
            return false;
        await session.BeginAsync(readOnly: false, ct);
        if (await Deliveries.ClaimAsync(session, waiting.Number, ct) is not var (fact, done))
            return false;
        var open = reactions.To(fact.Kind).Where(reaction => !done.Contains(reaction.Consumer)).ToArray();
        var next = open.FirstOrDefault(reaction => !failed.Contains(reaction.Consumer));
        if (next is null && open.Length > 0)
            return false;
        try
        {
            if (next is not null)
                await next.Run(scope.ServiceProvider, fact.Body, fact.FactId, ct);
            await Deliveries.DoneAsync(session, waiting.Number, fact.FactId, next?.Consumer, last: open.Length <= 1, ct);
            await session.CommitAsync(ct);
            return open.Length > 1;
        }
        catch (Exception failure) when (next is not null && !ct.IsCancellationRequested)
        {
            failed.Add(next.Consumer);
            await session.RollbackAsync();
            await PutOffAsync(session, waiting, fact, next.Consumer, failure);
            return true;
        }
    }

    private async Task<TenantSession?> EnterAsync(IServiceProvider services, Waiting waiting, CancellationToken ct)
    {
        var tenant = await services.GetRequiredService<ITenantDirectory>().FindAsync(waiting.Slug, ct);
        if (tenant is null || tenant.Id != waiting.Tenant)
        {
            LogRefused(waiting.Number);
            await deliveries.RefuseAsync(waiting.Number, ct);
            return null;
        }
        services.GetRequiredService<CurrentTenant>().Set(tenant);
        return services.GetRequiredService<TenantSession>();
    }

    private async Task PutOffAsync(TenantSession session, Waiting waiting, Claimed fact, string consumer, Exception failure)
    {
        var dead = fact.Attempts + 1 >= MostAttempts;
        if (dead)
            LogDead(failure, fact.Kind, fact.FactId, consumer);
        else
            LogFailed(failure, fact.Kind, fact.FactId, consumer, fact.Attempts + 1);
        var pause = Waking.PauseAfter(fact.Attempts);
        await session.BeginAsync(readOnly: false, CancellationToken.None);
        await Deliveries.PutOffAsync(session, waiting.Number, fact.FactId, pause, dead, $"{consumer}: {failure.GetType().Name}: {failure.Message}", CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A dispatcher lane failed; it goes on in a second")]
    private partial void LogLaneFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Number} names no known tenant and is refused")]
    private partial void LogRefused(long number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Fact}: {Consumer} failed on attempt {Attempt}")]
    private partial void LogFailed(Exception failure, string kind, Guid fact, string consumer, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Fact}: {Consumer} has failed for good; the fact and the reason stay in platform.fact")]
    private partial void LogDead(Exception failure, string kind, Guid fact, string consumer);
}
