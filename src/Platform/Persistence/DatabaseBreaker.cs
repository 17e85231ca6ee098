using EPM.Platform.Http;

namespace EPM.Platform.Persistence;

/// <summary>
/// After several units of work in a row that the database left without an answer, the next are refused at once instead of each waiting out
/// its deadline; one at a time is let through to see whether it answers again.
/// </summary>
internal sealed class DatabaseBreaker(TimeProvider time, Action unanswered)
{
    private const int Tolerated = 4;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // Whoever leaves sooner says nothing about the database.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2.5);

    private readonly Lock _lock = new();
    private int _unanswered;
    private long _restedSince;

    public bool IsOpen => Volatile.Read(ref _unanswered) >= Tolerated;

    /// <exception cref="Busy">The database did not answer of late, and it is not time to try again.</exception>
    public void Enter()
    {
        if (!IsOpen)
            return;
        lock (_lock)
        {
            if (time.GetElapsedTime(_restedSince) < Rest)
                throw new Busy();
            // This one tries; the others wait for what it finds, or for the next turn.
            _restedSince = time.GetTimestamp();
        }
    }

    private void Answered() => Volatile.Write(ref _unanswered, 0);

    /// <summary>Learns from how a piece of work on the database ends.</summary>
    /// <param name="isAnswer">Whether its success says that the server answers: a connection may come out of the pool.</param>
    public async Task<T> WatchAsync<T>(Func<Task<T>> work, bool isAnswer = true)
    {
        var began = time.GetTimestamp();
        try
        {
            var result = await work();
            if (isAnswer)
                Answered();
            return result;
        }
        catch (Exception failure)
        {
            if (Transience.Cause(failure) is Npgsql.PostgresException)
                Answered();
            else if (Transience.IsSilence(failure) && time.GetElapsedTime(began) >= Silence)
                Unanswered();
            throw;
        }
    }

    private void Unanswered()
    {
        lock (_lock)
        {
            _unanswered++;
            _restedSince = time.GetTimestamp();
        }
        unanswered();
    }
}
