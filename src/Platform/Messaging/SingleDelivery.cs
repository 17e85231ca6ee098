using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Messaging;

/// <summary>Delivers one fact, each consumer in a unit of work of its own: one that fails does not undo what another did.</summary>
public sealed partial class SingleDelivery(Deliveries deliveries, Reactions reactions, IServiceScopeFactory scopes, ILogger<SingleDelivery> logger)
{
    /// <returns>False when another dispatcher has it, or it is done.</returns>
    public async Task<bool> DeliverAsync(Addressee to, long number, CancellationToken ct)
    {
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var taken = false;
        while (await StepAsync(to, number, failed, ct))
            taken = true;
        return taken;
    }

    /// <summary>Enters the tenant's scope; whoever names no known tenant is refused.</summary>
    public async Task<TenantSession?> EnterAsync(IServiceProvider services, Addressee to, CancellationToken ct)
    {
        if (await services.GetRequiredService<ITenantDirectory>().FindAsync(to.Slug, to.Tenant, ct) is not { } tenant)
        {
            LogRefused(to.Tenant, to.Slug);
            await deliveries.RefuseAsync(to, ct);
            return null;
        }
        services.GetRequiredService<CurrentTenant>().Set(tenant);
        return services.GetRequiredService<TenantSession>();
    }

    /// <returns>Whether there may be more to do about this fact now.</returns>
    private async Task<bool> StepAsync(Addressee to, long number, HashSet<string> failed, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await EnterAsync(scope.ServiceProvider, to, ct) is not { } session)
            return false;
        await session.BeginAsync(readOnly: false, ct);
        if (await HeldFacts.TakeAsync(session, number, ct) is not var (fact, done))
            return false;
        var open = reactions.To(fact.Kind).Where(reaction => !done.Contains(reaction.Consumer)).ToArray();
        var next = open.FirstOrDefault(reaction => !failed.Contains(reaction.Consumer));
        if (next is null && open.Length > 0)
            return false;
        try
        {
            if (next is not null)
                await next.Run(scope.ServiceProvider, fact.Body, fact.FactId, ct);
            if (open.Length > 1)
                await HeldFacts.NoteAsync(session, fact, next!.Consumer, ct);
            else
                await HeldFacts.RemoveAsync(session, [fact], ct);
            await session.CommitAsync(ct);
            return true;
        }
        catch (Exception failure) when (next is not null && !ct.IsCancellationRequested)
        {
            failed.Add(next.Consumer);
            await session.RollbackAsync();
            await PutOffAsync(session, fact, next.Consumer, failure);
            return true;
        }
    }

    private async Task PutOffAsync(TenantSession session, Held fact, string consumer, Exception failure)
    {
        var dead = fact.Attempts + 1 >= FactDispatcher.MostAttempts;
        if (dead)
            LogDead(failure, fact.Kind, fact.FactId, consumer);
        else
            LogFailed(failure, fact.Kind, fact.FactId, consumer, fact.Attempts + 1);
        var pause = Waking.PauseAfter(fact.Attempts);
        await session.BeginAsync(readOnly: false, CancellationToken.None);
        await HeldFacts.PutOffAsync(session, fact, pause, dead, $"{consumer}: {failure.GetType().Name}: {failure.Message}", CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Facts for {Tenant} at {Slug} name no known tenant and are refused")]
    private partial void LogRefused(Guid tenant, string slug);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Fact}: {Consumer} failed on attempt {Attempt}")]
    private partial void LogFailed(Exception failure, string kind, Guid fact, string consumer, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Fact}: {Consumer} has failed for good; the fact and the reason stay in platform.fact")]
    private partial void LogDead(Exception failure, string kind, Guid fact, string consumer);
}
