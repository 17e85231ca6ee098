using Microsoft.Extensions.Caching.Memory;

namespace EPM.Platform.Caching;

/// <summary>What an answer depends on. Two callers share one only when all four are equal.</summary>
/// <param name="Scope"><see cref="Security.DataScope.Key"/> and language.</param>
/// <param name="Version">Data version; a newer one makes a new key, so nothing is ever stale.</param>
/// <param name="Query">Canonical text of the query.</param>
public readonly record struct AnswerKey(Guid Tenant, string Scope, long Version, string Query);

/// <summary>Serialised answers in process, bounded by bytes, one computation per key at a time; behind it those that other hosts share.</summary>
public sealed class AnswerCache(SharedAnswers shared) : IDisposable
{
    private const long Capacity = 64L << 20;

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>Returns the cached answer, or computes it once for all who wait.</summary>
    public async ValueTask<Answer> GetAsync(AnswerKey key, Func<Task<Answer>> compute)
    {
        if (_answers.TryGetValue(key, out Lazy<Task<Answer>>? found) && found!.IsValueCreated && found.Value.IsCompletedSuccessfully)
            return Own(key, found.Value.Result);
        found ??= _answers.GetOrCreate(key, entry =>
        {
            entry.Size = 4096;
            entry.SlidingExpiration = TimeSpan.FromMinutes(20);
            return new Lazy<Task<Answer>>(() => FetchAsync(key, compute));
        })!;
        try
        {
            var answer = await found.Value;
            if (answer.IsPassing)
                _answers.Remove(key);
            else if (answer.Body.Length > 4096)
                Resize(key, found, answer);
            return Own(key, answer);
        }
        catch
        {
            _answers.Remove(key);
            throw;
        }
    }

    public void Dispose() => _answers.Dispose();

    private async Task<Answer> FetchAsync(AnswerKey key, Func<Task<Answer>> compute)
    {
        if (!shared.IsThere)
            return await compute();
        if (await shared.FindAsync(key) is { } found)
            return found;
        var answer = await compute();
        if (!answer.IsPassing)
            shared.Keep(key, answer);
        return answer;
    }

    private void Resize(AnswerKey key, Lazy<Task<Answer>> value, Answer answer) =>
        _answers.Set(key, value, new MemoryCacheEntryOptions { Size = 2 * answer.Body.Length, SlidingExpiration = TimeSpan.FromMinutes(20) });

    // A key that collided or was built wrongly must not show one tenant's figures to another.
    private static Answer Own(AnswerKey key, Answer answer) => answer.Tenant == key.Tenant
        ? answer
        : throw new InvalidOperationException("A cached answer belongs to another tenant.");
}
