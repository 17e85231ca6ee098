namespace EPM.TestKit;

/// <summary>A clock that stands until it is moved. Timers run on real time: the host's loops go on.</summary>
public sealed class TestClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();

    // The database keeps microseconds; a whole second is the same there and here.
    private DateTimeOffset _now = start ?? DateTimeOffset.FromUnixTimeSeconds(System.GetUtcNow().ToUnixTimeSeconds());

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
            _now += by;
    }
}
