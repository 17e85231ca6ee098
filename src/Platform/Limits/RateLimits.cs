using System.Collections.Concurrent;

namespace EPM.Platform.Limits;

/// <summary>
/// How often each person, key and address of a tenant asks. Counted in this process, so that no request ever waits for a store;
/// hosts tell each other a few times a second what was used (<see cref="SharedRates"/>), and where they cannot, each counts for itself.
/// </summary>
public sealed class RateLimits(TimeProvider time)
{
    private const int Most = 50_000;
    private const string Everything = "all";

    private readonly ConcurrentDictionary<(Guid Tenant, string Subject), Bucket> _buckets = new();
    private readonly ConcurrentDictionary<(Guid Tenant, string Subject), Bucket> _touched = new();

    /// <param name="tenant"><see cref="Guid.Empty"/> at the apex.</param>
    /// <param name="subject">Who asks for what, such as <c>user:…</c>; part of a key in the shared store, so neither secret nor personal.</param>
    public Spent Take(Guid tenant, string subject, int perMinute)
    {
        var key = (tenant, subject);
        var bucket = _buckets.GetOrAdd(key, static (_, seen) => new Bucket(seen.time, seen.perMinute), (time, perMinute));
        if (_buckets.Count > Most)
            Tidy();
        var spent = bucket.Take(perMinute);
        if (spent.Allowed)
            _touched.TryAdd(key, bucket);
        return spent;
    }

    /// <summary>Counts a request of a tenant, whoever made it and whether it is let through or not.</summary>
    public void Count(Guid tenant) => Take(tenant, Everything, int.MaxValue);

    /// <summary>Requests of a tenant in the last sixty seconds, on all hosts that can tell each other.</summary>
    public long LastMinute(Guid tenant)
    {
        var seconds = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return _buckets.TryGetValue((tenant, Everything), out var bucket) ? bucket.LastMinute((long)seconds / 60, seconds / 60 % 1) : 0;
    }

    /// <summary>The buckets used since the last call.</summary>
    internal IReadOnlyList<(Guid Tenant, string Subject, Bucket Bucket)> Touched()
    {
        var touched = new List<(Guid, string, Bucket)>();
        foreach (var (key, bucket) in _touched)
        {
            if (_touched.TryRemove(key, out _))
                touched.Add((key.Tenant, key.Subject, bucket));
        }
        return touched;
    }

    internal void Tidy()
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull)
                _buckets.TryRemove(key, out _);
        }
        // Everybody is busy or somebody invents subjects: memory goes before exactness.
        if (_buckets.Count > Most)
            _buckets.Clear();
    }
}
