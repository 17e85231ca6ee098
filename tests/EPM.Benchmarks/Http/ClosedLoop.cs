using System.Diagnostics;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Http;

/// <summary>What one short window of as many requests as possible came to.</summary>
internal readonly record struct Window(double PerSecond, double CpuMicroseconds, long Bytes, long Errors);

/// <summary>Asks the same thing over a few kept connections as fast as it is answered, and compares every body with the first.</summary>
internal sealed class ClosedLoop(int port, int pid, byte[] request, int connections)
{
    public byte[] Expected { get; } = First(port, request);

    public Window Run(TimeSpan length)
    {
        long count = 0, errors = 0;
        var cpu = ProcessFigures.CpuSeconds(pid);
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(() =>
        {
            using var connection = new KeptConnection(port);
            long mine = 0, wrong = 0;
            while (clock.Elapsed < length)
            {
                var answer = connection.Send(request);
                mine++;
                if (answer.Status != 200 || !answer.Body.SequenceEqual(Expected))
                    wrong++;
            }
            Interlocked.Add(ref count, mine);
            Interlocked.Add(ref errors, wrong);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        var seconds = clock.Elapsed.TotalSeconds;
        return new Window(count / seconds, (ProcessFigures.CpuSeconds(pid) - cpu) * 1e6 / count, Expected.Length, errors);
    }

    private static byte[] First(int port, byte[] request)
    {
        using var connection = new KeptConnection(port);
        var answer = connection.Send(request);
        return answer.Status == 200 ? answer.Body.ToArray() : throw new ImpossibleException($"A request that is to be measured was answered {answer.Status}.");
    }
}
