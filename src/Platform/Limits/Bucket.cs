namespace EPM.Platform.Limits;

/// <summary>What one more request is told.</summary>
/// <param name="Remaining">Requests that may follow at once.</param>
/// <param name="Reset">Until all of <paramref name="Limit"/> may be used again.</param>
/// <param name="RetryAfter">Until the next request is let through; zero for one that is.</param>
public readonly record struct Spent(bool Allowed, int Limit, int Remaining, TimeSpan Reset, TimeSpan RetryAfter);

/// <summary>
/// A token bucket: a minute's requests may come at once, and what is used flows back evenly. Whoever is above it is slowed down to its
/// rate, not shut out for the rest of a minute. Other hosts' use is taken out afterwards, and may leave it in debt of one bucket.
/// </summary>
internal sealed class Bucket(TimeProvider time, int limit)
{
    private const double PerMinute = 60;

    private readonly Lock _lock = new();
    private double _tokens = limit;
    private long _at = time.GetTimestamp();
    private int _limit = limit;
    private int _untold;
    private long _minute;
    private long _told;
    private long _before;

    public Spent Take(int limit)
    {
        lock (_lock)
        {
            Refill(limit);
            var allowed = _tokens >= 1;
            if (allowed)
            {
                _tokens--;
                _untold++;
            }
            var perSecond = limit / PerMinute;
            return new Spent(allowed, limit, (int)Math.Max(0, _tokens), TimeSpan.FromSeconds((limit - _tokens) / perSecond),
                allowed ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / perSecond));
        }
    }

    /// <summary>Nobody has used it for so long that a new one would be the same.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                Refill(_limit);
                return _tokens >= _limit && _untold == 0;
            }
        }
    }

    /// <summary>What was used in the sixty seconds that end now, as far as it is known here.</summary>
    /// <param name="sinceMinute">How much of the current minute is over, from 0 to 1.</param>
    public long LastMinute(long minute, double sinceMinute)
    {
        lock (_lock)
        {
            var (now, before) = minute == _minute ? (_told, _before) : minute == _minute + 1 ? (0, _told) : (0, 0);
            return now + _untold + (long)Math.Ceiling(before * (1 - sinceMinute));
        }
    }

    /// <summary>What was used here since it was last asked.</summary>
    public int Collect()
    {
        lock (_lock)
        {
            var untold = _untold;
            _untold = 0;
            return untold;
        }
    }

    /// <summary>Learns what all hosts together have used in a minute; <paramref name="own"/> of it, just collected, was used here.</summary>
    /// <param name="total">Null when nobody else could be asked.</param>
    public void Learn(long minute, long? total, int own)
    {
        lock (_lock)
        {
            if (minute != _minute)
                (_before, _told, _minute) = (minute == _minute + 1 ? _told : 0, 0, minute);
            var others = Math.Max(0, (total ?? 0) - _told - own);
            _told += others + own;
            _tokens = Math.Max(-_limit, _tokens - others);
        }
    }

    private void Refill(int limit)
    {
        var now = time.GetTimestamp();
        // A raised limit may be used at once.
        _tokens = Math.Min(limit, _tokens + Math.Max(0, limit - _limit) + time.GetElapsedTime(_at, now).TotalSeconds * limit / PerMinute);
        (_at, _limit) = (now, limit);
    }
}
