using System.Diagnostics;

namespace EPM.Benchmarks.Http;

/// <summary>
/// Requests at fixed moments, whatever became of those before: each is timed from the moment it was due, so that a stall of the
/// server counts for everybody who would have come meanwhile.
/// </summary>
internal sealed class OpenLoop(int port, IReadOnlyList<byte[]> requests, int perSecond, int connections)
{
    /// <returns>Milliseconds of each request, sorted, and how many were not answered 200.</returns>
    public (double[] Milliseconds, long Errors) Run(TimeSpan length, Action<int> eachSecond)
    {
        var times = new double[(int)(length.TotalSeconds * perSecond)];
        var next = -1;
        long errors = 0;
        var clock = Stopwatch.StartNew();
        var start = clock.Elapsed + TimeSpan.FromMilliseconds(100);
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(() =>
        {
            using var connection = new KeptConnection(port);
            for (int i; (i = Interlocked.Increment(ref next)) < times.Length;)
            {
                var due = start + TimeSpan.FromSeconds(i / (double)perSecond);
                var wait = due - clock.Elapsed;
                if (wait > TimeSpan.Zero)
                    Thread.Sleep((int)Math.Ceiling(wait.TotalMilliseconds));
                if (connection.Send(requests[i % requests.Count]).Status != 200)
                    Interlocked.Increment(ref errors);
                times[i] = (clock.Elapsed - due).TotalMilliseconds;
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        for (var second = 1; second < length.TotalSeconds; second++)
        {
            var wait = start + TimeSpan.FromSeconds(second) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                Thread.Sleep(wait);
            eachSecond(second);
        }
        foreach (var thread in threads)
            thread.Join();
        Array.Sort(times);
        return (times, errors);
    }
}
