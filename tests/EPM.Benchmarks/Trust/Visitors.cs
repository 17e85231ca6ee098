using System.Diagnostics;
using EPM.Benchmarks.Http;

namespace EPM.Benchmarks.Trust;

/// <summary>Requests at fixed moments, whatever becomes of those before, each timed from the moment it was due; what was refused is told apart.</summary>
internal sealed class Visitors(int port, IReadOnlyList<byte[]> requests, int perSecond, int connections)
{
    /// <returns>The status of each request, 0 when it was not answered, and its milliseconds.</returns>
    public (int Status, double Milliseconds)[] Run(TimeSpan length)
    {
        var answers = new (int, double)[(int)(length.TotalSeconds * perSecond)];
        var next = -1;
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(() =>
        {
            var connection = new KeptConnection(port);
            for (int i; (i = Interlocked.Increment(ref next)) < answers.Length;)
            {
                var due = TimeSpan.FromSeconds(i / (double)perSecond);
                var wait = due - clock.Elapsed;
                if (wait > TimeSpan.Zero)
                    Thread.Sleep((int)Math.Ceiling(wait.TotalMilliseconds));
                var status = 0;
                try
                {
                    status = connection.Send(requests[i % requests.Count]).Status;
                }
                catch (Exception lost) when (lost is IOException or System.Net.Sockets.SocketException)
                {
                    connection.Dispose();
                    connection = new KeptConnection(port);
                }
                answers[i] = (status, (clock.Elapsed - due).TotalMilliseconds);
            }
            connection.Dispose();
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return answers;
    }
}
