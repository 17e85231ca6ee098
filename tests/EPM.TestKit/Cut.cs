using System.Text;

namespace EPM.TestKit;

/// <summary>Which way bytes travel through a <see cref="FaultProxy"/>.</summary>
public enum Toward
{
    Server,
    Client,
}

/// <summary>Where a connection is cut, seen from the bytes that trigger it.</summary>
public enum CutPoint
{
    /// <summary>They never arrive.</summary>
    Before,

    /// <summary>They are sent on and both sides are reset at once: whether they had an effect is anyone's guess.</summary>
    Behind,

    /// <summary>The other side acts on them and answers; the answer never arrives.</summary>
    Answered,
}

/// <summary>A connection is reset once, when something passes. Given to <see cref="FaultProxy.Arm"/>.</summary>
public sealed class Cut
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Toward _toward;
    private readonly byte[]? _text;
    private readonly bool _turns;
    private long _left;

    private Cut(Toward toward, CutPoint point, long left, byte[]? text, bool turns) =>
        (_toward, Point, _left, _text, _turns) = (toward, point, left, text, turns);

    public CutPoint Point { get; }

    /// <summary>Completes when the connection is being cut.</summary>
    public Task Fired => _fired.Task;

    public bool HasFired => _fired.Task.IsCompleted;

    /// <summary>Once so many bytes have passed, those of all connections together.</summary>
    public static Cut AfterBytes(long count, Toward toward = Toward.Server, CutPoint point = CutPoint.Before) => new(toward, point, count, text: null, turns: false);

    /// <summary>At the n-th time a text passes, such as COMMIT.</summary>
    public static Cut OnText(string text, CutPoint point, int nth = 1, Toward toward = Toward.Server) => new(toward, point, nth, Encoding.UTF8.GetBytes(text), turns: false);

    /// <summary>At the n-th request: the first bytes a client sends after it was answered, those of all connections counted together.</summary>
    public static Cut OnRequest(int nth, CutPoint point) => new(Toward.Server, point, nth, text: null, turns: true);

    /// <param name="tail">End of what passed before on this connection, so that a text in two pieces is found.</param>
    /// <param name="turn">Whether these bytes begin a request.</param>
    internal bool Strikes(Toward toward, ReadOnlySpan<byte> tail, ReadOnlySpan<byte> bytes, bool turn)
    {
        if (toward != _toward || HasFired)
            return false;
        var seen = _turns ? (turn ? 1 : 0) : _text is null ? bytes.Length : Occurrences(tail, bytes);
        lock (_lock)
        {
            _left -= seen;
            return seen > 0 && _left <= 0 && _fired.TrySetResult();
        }
    }

    /// <summary>How much of what has passed has to be kept for the next look.</summary>
    internal int Overlap => _text is null ? 0 : _text.Length - 1;

    private int Occurrences(ReadOnlySpan<byte> tail, ReadOnlySpan<byte> bytes)
    {
        byte[] both = [.. tail, .. bytes];
        return both.AsSpan().Count(_text);
    }
}
