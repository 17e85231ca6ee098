using Microsoft.Extensions.Logging;

namespace EPM.Platform.Jobs;

/// <summary>Renews a job's lease as long as it is worked on.</summary>
internal sealed partial class JobHeartbeat(JobQueue queue, Job job, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);

    /// <param name="lost">Cancelled when the job is not the worker's any more; who cancels it ends the beating.</param>
    public async Task RunAsync(CancellationTokenSource lost)
    {
        try
        {
            while (await KeepAsync(lost.Token))
                await Task.Delay(Between, time, lost.Token);
            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // The job ended.
        }
        catch (Exception failure)
        {
            LogLost(failure, job.Kind, job.Subject);
            await lost.CancelAsync();
        }
    }

    // The lease outlives a restart of the database: it is worth asking for until it has run out.
    private async Task<bool> KeepAsync(CancellationToken ct)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await queue.RenewAsync(job, ct);
            }
            catch (Npgsql.NpgsqlException) when (time.GetElapsedTime(since) < JobQueue.Lease - Between - Between)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The lease of {Kind} {Subject} could not be renewed; it is given up")]
    private partial void LogLost(Exception failure, string kind, Guid subject);
}
