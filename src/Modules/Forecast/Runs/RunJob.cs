using EPM.Forecast.Accuracy;
using EPM.Forecast.History;
using EPM.Forecast.Outliers;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;
using EPM.Platform.Audit;
using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Platform.Telemetry;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPM.Forecast.Runs;

/// <summary>
/// Runs a queued run to its end. Each batch is one transaction with its own progress: started again after a crash it goes on with the first
/// batch that is not done, and what is done is neither lost nor done twice.
/// </summary>
internal sealed partial class RunJob(
    Database database, CurrentTenant tenant, DataVersions versions, TimeProvider time, RunPlanner planner, HistoryReader history, ISalesHistory sales,
    CellReader cells, Dependences dependences, BatchFitter fitter, OutlierQueue outliers, Aftermath aftermath, AuditTrail audit, HeldJob held, ILogger<RunJob> logger) : IJobHandler
{
    public const string JobKind = "forecast";

    // Writing a few hundred forecasts takes a second; a machine under load more.
    private const int Patience = 120;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    public string Kind => JobKind;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        if (await StartAsync(subject, ct) is not { } run)
            return;
        try
        {
            var stand = await sales.StandAsync(ct);
            var after = 0;
            while (await NextAsync(run, after, ct) is { } batch)
            {
                await BatchAsync(run, batch, stand, ct);
                after = batch.Number;
            }
            await LearnAsync(run, ct);
            await aftermath.RunAsync(stand, ct);
            await EndAsync(run, RunStates.Completed, failure: null, ct);
        }
        catch (RunCancelledException)
        {
            await EndAsync(run, RunStates.Cancelled, "forecast_run_cancelled", ct);
        }
        catch (Exception failure) when (failure is not (NpgsqlException or OperationCanceledException or IOException or TimeoutException or Failure or JobTakenException))
        {
            // Nothing that passes by itself: trying again would fail again.
            LogGivenUp(failure, run.Id);
            await EndAsync(run, RunStates.Failed, "forecast_run_failed", ct);
        }
    }

    private async Task<RunRecord?> StartAsync(Guid id, CancellationToken ct)
    {
        RunRecord? run = null;
        await InTransactionAsync(async session =>
        {
            run = await RunLog.LoadAsync(session, id, ct);
            if (run is null || RunStates.IsFinal(run.State))
            {
                run = null;
                return;
            }
            await RunLog.StartAsync(session, id, time.GetUtcNow(), ct);
        }, ct);
        if (run is { Planned: false })
        {
            var plan = await planner.PlanAsync(run, ct);
            await InTransactionAsync(async session =>
            {
                await RunLog.PlanAsync(session, id, plan, ct);
                await ForecastWriter.EndAsync(session, plan.Ended, ct);
            }, ct);
        }
        return run;
    }

    private async Task<RunBatch?> NextAsync(RunRecord run, int after, CancellationToken ct)
    {
        await using var session = Session();
        if (await RunLog.IsCancelledAsync(session, run.Id, ct))
            throw new RunCancelledException();
        return await RunLog.NextAsync(session, run.Id, after, ct);
    }

    private async Task BatchAsync(RunRecord run, RunBatch batch, SalesStand stand, CancellationToken ct)
    {
        var read = await history.ReadAsync(batch.StoreNo, stand.Stores[batch.StoreNo], batch.ProductNos, HistoryReader.DaysOf(stand)!, ct);
        var recipes = batch.Retrain ? [] : await cells.RecipesAsync(batch.StoreNo, batch.ProductNos, ct);
        var fitted = await FitAsync(run, batch, read, recipes, ct);
        CellSeries[] looked = [.. fitted.Forecasts.Select(forecast => forecast.Cell)];
        var found = OutlierFinder.Find(looked, ct);
        await InTransactionAsync(async session =>
        {
            await ForecastWriter.WriteAsync(session, fitted.Forecasts, stand.Mark, time.GetUtcNow(), ct);
            await outliers.PutAsync(session, batch.StoreNo, looked, found, ct);
            await ForecastWriter.SameAsync(session, batch.StoreNo, [.. fitted.Same], stand.Mark, ct);
            await ForecastWriter.FailedAsync(session, batch.StoreNo, [.. fitted.Failed], "engine_refused", ct);
            await RunLog.BatchDoneAsync(session, run.Id, batch, new BatchOutcome(fitted.Forecasts.Count, fitted.Failed.Count, fitted.Milliseconds), time.GetUtcNow(), ct);
        }, ct);
        EpmMeters.Forecasts.Add(fitted.Forecasts.Count(forecast => forecast.Trained), EpmMeters.Tag("outcome", "trained"));
        EpmMeters.Forecasts.Add(fitted.Forecasts.Count(forecast => !forecast.Trained), EpmMeters.Tag("outcome", "refreshed"));
        EpmMeters.Forecasts.Add(fitted.Failed.Count, EpmMeters.Tag("outcome", "refused"));
    }

    // While the processors are at it, whoever watches is told, and whoever cancels is heard.
    private async Task<FittedBatch> FitAsync(RunRecord run, RunBatch batch, IReadOnlyList<CellSeries> read, Dictionary<int, KeptRecipe> recipes, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var glances = new PeriodicTimer(Glance, time);
        var (done, told) = (0, 0);
        // By day a processor is left to people.
        var threads = Night.IsNight(time, tenant.Info.TimeZone) ? Environment.ProcessorCount : Math.Max(1, Environment.ProcessorCount - 1);
        // On a thread of its own: those of the pool answer people.
        var fitting = Task.Factory.StartNew(
            () => fitter.Fit(read, recipes, threads, count => Volatile.Write(ref done, count), stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (await Task.WhenAny(fitting, glances.WaitForNextTickAsync(stop.Token).AsTask()) != fitting)
        {
            ct.ThrowIfCancellationRequested();
            await using (var asking = Session())
            {
                if (await RunLog.IsCancelledAsync(asking, run.Id, ct))
                {
                    await stop.CancelAsync();
                    await Task.WhenAny(fitting);
                    throw new RunCancelledException();
                }
            }
            if (Volatile.Read(ref done) is var now && now > told)
                await InTransactionAsync(session => RunLog.ProgressAsync(session, run.Id, batch.Before + now, ct), ct);
            told = now;
        }
        return await fitting;
    }

    // How errors move together is learnt from all stores at once, when the last of them is done.
    private async Task LearnAsync(RunRecord run, CancellationToken ct)
    {
        if (run.Skus is not null || run.Stores is not null)
            return;
        var dependence = await dependences.EstimateAsync(ct);
        await InTransactionAsync(session => Dependences.KeepAsync(session, dependence, time.GetUtcNow(), ct), ct);
    }

    private Task EndAsync(RunRecord run, string state, string? failure, CancellationToken ct) => InTransactionAsync(async session =>
    {
        // What was answered before is kept by the data version.
        session.FiguresChange();
        var series = await RunLog.EndAsync(session, run.Id, state, failure, time.GetUtcNow(), ct);
        audit.RecordIn(session, $"forecast-run.{state}", $"forecast-run/{run.Kind}", after: new { run.Nightly, Series = series, Failure = failure });
    }, ct);

    private async Task InTransactionAsync(Func<TenantSession, Task> work, CancellationToken ct)
    {
        await using var session = Session();
        session.Patience = Patience;
        await session.BeginAsync(readOnly: false, ct);
        await using (var patience = session.Command("SELECT set_config('statement_timeout', '120s', true), set_config('work_mem', '64MB', true)"))
            await patience.ExecuteNonQueryAsync(ct);
        await work(session);
        await session.CommitAsync(ct);
    }

    private TenantSession Session() => new(database, tenant, versions) { Guard = held };

    [LoggerMessage(Level = LogLevel.Error, Message = "Forecast run {Run} is given up")]
    private partial void LogGivenUp(Exception failure, Guid run);
}

/// <summary>Someone asked for the run to stop; the batches that are done stay.</summary>
internal sealed class RunCancelledException : Exception;
