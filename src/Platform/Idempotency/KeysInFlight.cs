namespace EPM.Platform.Idempotency;

/// <summary>
/// One request at a time under one key on this host, so that duplicates wait without a connection of the pool. Duplicates on another
/// host wait for the key's lock in the database.
/// </summary>
public sealed class KeysInFlight
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <exception cref="KeyInFlight">The one before takes too long.</exception>
    public async Task<IDisposable> EnterAsync(string key, CancellationToken ct)
    {
        Turn? turn;
        lock (_lock)
        {
            if (!_turns.TryGetValue(key, out turn))
                _turns[key] = turn = new Turn(this, key);
            turn.Waiting++;
        }
        try
        {
            if (await turn.Free.WaitAsync(KeyInFlight.Patience, ct))
                return turn;
        }
        catch
        {
            Leave(turn);
            throw;
        }
        Leave(turn);
        throw new KeyInFlight();
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Waiting == 0)
                _turns.Remove(turn.Key);
        }
    }

    private sealed class Turn(KeysInFlight owner, string key) : IDisposable
    {
        public string Key => key;

        public SemaphoreSlim Free { get; } = new(1);

        public int Waiting { get; set; }

        public void Dispose()
        {
            Free.Release();
            owner.Leave(this);
        }
    }
}
