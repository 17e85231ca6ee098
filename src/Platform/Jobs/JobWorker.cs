using System.Diagnostics;
using EPM.Platform.Persistence;
using EPM.Platform.Telemetry;
using EPM.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Platform.Jobs;

/// <summary>Takes jobs and runs each in a scope of its own tenant; a job whose tenant does not exist is refused for good.</summary>
public sealed partial class JobWorker(
    JobQueue queue, Database database, Ids ids, IServiceScopeFactory scopes, TimeProvider time, ILogger<JobWorker> logger) : BackgroundService
{
    private const int Lanes = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var life = new WorkerLife(database, ids, time, logger);
        using var ended = new CancellationTokenSource();
        var living = life.RunAsync(ended.Token);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => LaneAsync(life, stoppingToken), CancellationToken.None)));
        // Only now: what the lanes have given back is anybody's by then.
        await ended.CancelAsync();
        await living;
    }

    private async Task LaneAsync(WorkerLife life, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await life.ShownAsync(stopping);
                if (await queue.ClaimAsync(life.Name, stopping) is { } job)
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
        using var activity = EpmMeters.Source.StartActivity("job " + job.Kind);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeat = new JobHeartbeat(queue, job, time, logger).RunAsync(lost);
        var (began, outcome, most) = (Stopwatch.GetTimestamp(), "done", 1);
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
            most = handler.MostAttempts;
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
            var held = scope.ServiceProvider.GetRequiredService<HeldJob>();
            held.Set(job);
            scope.ServiceProvider.GetRequiredService<TenantSession>().Guard = held;
            await handler.RunAsync(job.Subject, lost.Token);
            await queue.FinishAsync(job, CancellationToken.None);
        }
        catch (JobTakenException)
        {
            outcome = "taken";
            LogTaken(job.Kind, job.Subject);
        }
        catch (Exception failure)
        {
            var stopped = stopping.IsCancellationRequested;
            outcome = stopped ? "given-back" : "failed";
            if (!stopped)
                LogFailed(failure, job.Kind, job.Subject, job.Attempts);
            var pause = stopped ? TimeSpan.Zero : Waking.PauseAfter(job.Attempts);
            await queue.ReleaseAsync(job, pause, forever: !stopped && job.Attempts >= most, CancellationToken.None);
        }
        finally
        {
            EpmMeters.JobDuration.Record(EpmMeters.Since(began), EpmMeters.Tag("kind", job.Kind), EpmMeters.Tag("outcome", outcome));
            await lost.CancelAsync();
            await heartbeat;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Subject} was taken by another worker, who goes on with it")]
    private partial void LogTaken(string kind, Guid subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Subject} failed on attempt {Attempt}")]
    private partial void LogFailed(Exception failure, string kind, Guid subject, int attempt);
}
