using System.Threading.Channels;

namespace EPM.Platform.Jobs;

/// <summary>How the loops that look for work in the database sleep: until they are told of some here, or for a second.</summary>
internal sealed class Waking
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Signal() => _signal.Writer.TryWrite(true);

    // What came about on another host, or was put off, is found by looking now and then.
    public async Task SleepAsync(TimeProvider time, CancellationToken stopping, TimeSpan? atMost = null)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var signal = _signal.Reader.ReadAsync(wake.Token).AsTask();
        await Task.WhenAny(signal, Task.Delay(atMost ?? Longest, time, wake.Token));
        await wake.CancelAsync();
        await signal.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <returns>How long to leave alone what has failed so often: from a quarter of a second, doubling, to a minute.</returns>
    public static TimeSpan PauseAfter(int failures) => TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, failures) / 4));
}
