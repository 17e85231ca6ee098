using System.Diagnostics;
using EPM.Platform.Telemetry;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Jobs;

/// <summary>Takes jobs and runs each in a scope of its own tenant; a job whose tenant does not exist is refused for good.</summary>
public sealed partial class JobWorker(JobQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<JobWorker> logger) : BackgroundService
{
    private const int Lanes = 2;
    private const int MostAttempts = 20;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => LaneAsync(stoppingToken), stoppingToken)));

    private async Task LaneAsync(CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await queue.ClaimAsync(stopping) is { } job)
                {
                    // Another lane may find more work while this one is busy.
                    queue.Signal();
                    await RunAsync(job, stopping);
                }
                else
                {
                    await queue.SleepAsync(time, stopping);
                }
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // An outage is told once, and looked at again ever less often.
                if (failures++ == 0)
                    LogLaneFailed(failure);
                await PauseAsync(TimeSpan.FromSeconds(Math.Min(3, failures)), stopping);
            }
        }
    }

    private async Task RunAsync(Job job, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeat = BeatAsync(job, lost);
        var (began, outcome) = (Stopwatch.GetTimestamp(), "done");
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var tenant = await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().FindAsync(job.Slug, job.Tenant, lost.Token);
            var handler = scope.ServiceProvider.GetServices<IJobHandler>().SingleOrDefault(h => h.Kind == job.Kind);
            if (tenant is null || handler is null)
            {
                LogRefused(job.Id, job.Kind);
                await queue.ReleaseAsync(job, TimeSpan.Zero, forever: true, CancellationToken.None);
                return;
            }
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
            await handler.RunAsync(job.Subject, lost.Token);
            await queue.FinishAsync(job, CancellationToken.None);
        }
        catch (Exception failure)
        {
            var stopped = stopping.IsCancellationRequested;
            outcome = stopped ? "given-back" : "failed";
            if (!stopped)
                LogFailed(failure, job.Kind, job.Subject, job.Attempts);
            var pause = stopped ? TimeSpan.Zero : Waking.PauseAfter(job.Attempts);
            await queue.ReleaseAsync(job, pause, forever: !stopped && job.Attempts >= MostAttempts, CancellationToken.None);
        }
        finally
        {
            EpmMeters.JobDuration.Record(EpmMeters.Since(began), EpmMeters.Tag("kind", job.Kind), EpmMeters.Tag("outcome", outcome));
            await lost.CancelAsync();
            await heartbeat;
        }
    }

    private async Task BeatAsync(Job job, CancellationTokenSource lost)
    {
        try
        {
            while (await KeepAsync(job, lost.Token))
                await Task.Delay(Between, time, lost.Token);
            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // The job ended.
        }
        catch (Exception failure)
        {
            LogLaneFailed(failure);
            await lost.CancelAsync();
        }
    }

    // The lease outlives a restart of the database: it is worth asking for until it has run out.
    private async Task<bool> KeepAsync(Job job, CancellationToken ct)
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

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pause, time);
        await timer.WaitForNextTickAsync(stopping).AsTask().ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A job lane failed; it goes on in a few seconds")]
    private partial void LogLaneFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of kind {Kind} names no known tenant or kind and is refused")]
    private partial void LogRefused(Guid job, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Subject} failed on attempt {Attempt}")]
    private partial void LogFailed(Exception failure, string kind, Guid subject, int attempt);
}
