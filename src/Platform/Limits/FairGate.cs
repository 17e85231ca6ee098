namespace EPM.Platform.Limits;

/// <summary>
/// How many requests are at work at the same time. A tenant that is alone may use most of the places; as soon as others ask too, it has
/// its share, and what is above waits in a queue of its own, which is served in turn with the others'. A full queue is refused at once.
/// </summary>
/// <param name="places">All there are.</param>
/// <param name="waiting">The longest queue of one tenant.</param>
public sealed class FairGate(int places, int waiting, TimeProvider time)
{
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Tenant> _tenants = [];
    private readonly Queue<Guid> _turns = new();
    private int _running;
    private (Guid Id, long At) _newest;
    private (Guid Id, long At) _other;

    /// <param name="alone">Places of this tenant while nobody else asks.</param>
    /// <param name="share">Its places while others do.</param>
    /// <returns>False when the tenant's queue is full; true once a place is held, which <see cref="Leave"/> gives back.</returns>
    public ValueTask<bool> EnterAsync(Guid id, int alone, int share, CancellationToken ct)
    {
        lock (_lock)
        {
            Note(id);
            if (!_tenants.TryGetValue(id, out var tenant))
                _tenants.Add(id, tenant = new Tenant());
            (tenant.Alone, tenant.Share) = (alone, share);
            if (tenant.Waiting.Count == 0 && HasPlace(id, tenant))
            {
                Start(tenant);
                return new(true);
            }
            if (tenant.Waiting.Count >= waiting)
            {
                // Those who left while they waited are still in it.
                tenant.DropGone();
                if (tenant.Waiting.Count >= waiting)
                    return new(false);
            }
            var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (tenant.Waiting.Count == 0)
                _turns.Enqueue(id);
            tenant.Waiting.Enqueue(turn);
            return new(WaitAsync(turn, ct));
        }
    }

    public void Leave(Guid id)
    {
        lock (_lock)
        {
            _running--;
            var tenant = _tenants[id];
            tenant.Running--;
            Admit();
            if (tenant.Running == 0 && tenant.Waiting.Count == 0)
                _tenants.Remove(id);
        }
    }

    private static async Task<bool> WaitAsync(TaskCompletionSource<bool> turn, CancellationToken ct)
    {
        await using var left = ct.UnsafeRegister(static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), turn);
        return await turn.Task;
    }

    // One of each waiting tenant in turn, and past those that have their share already.
    private void Admit()
    {
        for (var looks = _turns.Count; looks > 0 && _running < places; looks--)
        {
            var id = _turns.Dequeue();
            var tenant = _tenants[id];
            if (HasPlace(id, tenant) && tenant.WakeNext())
            {
                Start(tenant);
                looks = _turns.Count + 1;
            }
            if (tenant.Waiting.Count > 0)
                _turns.Enqueue(id);
            else if (tenant.Running == 0)
                _tenants.Remove(id);
        }
    }

    private bool HasPlace(Guid id, Tenant tenant) => _running < places && tenant.Running < (OthersAsk(id) ? tenant.Share : tenant.Alone);

    private void Start(Tenant tenant)
    {
        _running++;
        tenant.Running++;
    }

    // Only whether there is anybody else matters, and for that the last two who asked are enough.
    private void Note(Guid id)
    {
        if (_newest.Id != id)
            _other = _newest;
        _newest = (id, time.GetTimestamp());
    }

    private bool OthersAsk(Guid id)
    {
        var other = _newest.Id == id ? _other : _newest;
        return other.At != 0 && time.GetElapsedTime(other.At) < Recently;
    }

    private sealed class Tenant
    {
        public int Running { get; set; }

        public int Alone { get; set; }

        public int Share { get; set; }

        public Queue<TaskCompletionSource<bool>> Waiting { get; } = new();

        public bool WakeNext()
        {
            while (Waiting.TryDequeue(out var turn))
            {
                if (turn.TrySetResult(true))
                    return true;
            }
            return false;
        }

        public void DropGone()
        {
            for (var looks = Waiting.Count; looks > 0; looks--)
            {
                var turn = Waiting.Dequeue();
                if (!turn.Task.IsCompleted)
                    Waiting.Enqueue(turn);
            }
        }
    }
}
