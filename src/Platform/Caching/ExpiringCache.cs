using System.Collections.Concurrent;

namespace EPM.Platform.Caching;

/// <summary>
/// Values in process that die at a given instant. Bounded: what is dead goes first, and when everything is alive, everything goes,
/// since filling it anew is always correct.
/// </summary>
public sealed class ExpiringCache<TKey, TValue>(int capacity, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private int _count;

    public bool TryGet(TKey key, out TValue value)
    {
        var found = _entries.TryGetValue(key, out var entry) && entry.Until > time.GetUtcNow();
        value = found ? entry.Value : default!;
        return found;
    }

    public void Set(TKey key, TValue value, DateTimeOffset until)
    {
        if (Volatile.Read(ref _count) >= capacity)
            MakeRoom();
        var entry = new Entry(value, until);
        if (_entries.TryAdd(key, entry))
            Interlocked.Increment(ref _count);
        else
            _entries[key] = entry;
    }

    public void Remove(TKey key)
    {
        if (_entries.TryRemove(key, out _))
            Interlocked.Decrement(ref _count);
    }

    public void RemoveWhere(Func<TKey, TValue, bool> matches)
    {
        foreach (var (key, entry) in _entries)
        {
            if (matches(key, entry.Value))
                Remove(key);
        }
    }

    private void MakeRoom()
    {
        var now = time.GetUtcNow();
        foreach (var (key, entry) in _entries)
        {
            if (entry.Until <= now)
                Remove(key);
        }
        if (Volatile.Read(ref _count) < capacity)
            return;
        foreach (var key in _entries.Keys)
            Remove(key);
    }

    private readonly record struct Entry(TValue Value, DateTimeOffset Until);
}
