using System.Runtime.ExceptionServices;

namespace EPM.Forecast.Engine.Selection;

/// <summary>Work beside work on threads of its own: a run of minutes keeps none of the threads that answer people.</summary>
internal static class Abreast
{
    /// <summary>Does the work for 0 … count − 1, each once, in any order.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what had begun is finished.</exception>
    public static void For(int count, int threads, CancellationToken ct, Action<int> work)
    {
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        void Run()
        {
            try
            {
                for (var i = Interlocked.Increment(ref next); i < count && !ct.IsCancellationRequested && Volatile.Read(ref failure) is null; i = Interlocked.Increment(ref next))
                    work(i);
            }
            catch (Exception broken)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(broken), null);
            }
        }
        var beside = Enumerable.Range(1, Math.Max(0, Math.Min(threads, count) - 1)).Select(_ => new Thread(Run, 4 << 20) { IsBackground = true, Name = "forecast" }).ToArray();
        foreach (var thread in beside)
            thread.Start();
        Run();
        foreach (var thread in beside)
            thread.Join();
        failure?.Throw();
        ct.ThrowIfCancellationRequested();
    }
}
