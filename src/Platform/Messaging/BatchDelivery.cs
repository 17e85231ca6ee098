using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Messaging;

/// <summary>
/// Delivers what is due to one tenant, as much as fits one transaction: a transaction a fact costs more than all that is done about it.
/// Where one fails nothing of the batch has happened, and each is delivered alone, so that the one does not undo the others.
/// </summary>
public sealed partial class BatchDelivery(
    SingleDelivery alone, Reactions reactions, IServiceScopeFactory scopes, TimeProvider time, ILogger<BatchDelivery> logger)
{
    /// <summary>Subjects that one transaction holds at most; other dispatchers take the others meanwhile.</summary>
    public const int Subjects = 64;

    // What is held is held from nobody for long, and a slow reaction does not make the others wait for its commit.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <returns>How many facts were taken.</returns>
    public async Task<int> DeliverAsync(Addressee to, CancellationToken ct)
    {
        var (first, apart) = (new List<long>(), new List<long>());
        var taken = 0;
        try
        {
            taken = await TogetherAsync(to, first, apart, ct);
        }
        catch (Exception failure) when (first.Count > 0 && !ct.IsCancellationRequested)
        {
            LogApart(failure, first.Count);
            apart = first;
        }
        foreach (var number in apart)
            taken += await alone.DeliverAsync(to, number, ct) ? 1 : 0;
        return taken;
    }

    /// <param name="first">Filled with the first of each subject that was held.</param>
    /// <param name="apart">Filled with those that have failed before, or that not everybody has to react to any more.</param>
    private async Task<int> TogetherAsync(Addressee to, List<long> first, List<long> apart, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await alone.EnterAsync(scope.ServiceProvider, to, ct) is not { } session)
            return 0;
        await session.BeginAsync(readOnly: false, ct);
        var (facts, begun) = await HeldFacts.TakeAsync(session, reactions.Kinds, Subjects, ct);
        var (done, seen, waiting) = (new List<Held>(), new HashSet<long>(), new HashSet<long>());
        first.AddRange(facts.Where(fact => seen.Add(fact.Stream)).Select(fact => fact.Number));
        var began = time.GetTimestamp();
        foreach (var fact in facts.Where(fact => !waiting.Contains(fact.Stream)))
        {
            if (fact.Attempts > 0 || begun.Contains(fact.FactId))
                apart.Add(fact.Number);
            else if (reactions.To(fact.Kind) is { Count: > 0 } consumers && time.GetElapsedTime(began) < Longest)
            {
                await ReactAsync(scope.ServiceProvider, session, consumers, fact, ct);
                done.Add(fact);
                continue;
            }
            waiting.Add(fact.Stream);
        }
        if (done.Count > 0)
            await HeldFacts.RemoveAsync(session, done, ct);
        await session.CommitAsync(ct);
        return done.Count;
    }

    private static async Task ReactAsync(IServiceProvider services, TenantSession session, IReadOnlyList<Reaction> consumers, Held fact, CancellationToken ct)
    {
        foreach (var consumer in consumers)
        {
            session.ForgetRead();
            await consumer.Run(services, fact.Body, fact.FactId, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of facts failed; each of its {Subjects} subjects is delivered alone")]
    private partial void LogApart(Exception failure, int subjects);
}
