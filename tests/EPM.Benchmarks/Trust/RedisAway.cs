using System.Globalization;
using EPM.Benchmarks.Running;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T20, T21: Redis stopped, and worse, hung, while people read dashboards that were not asked for before.</summary>
internal static class RedisAway
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Options options, TrustReport report)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var site = await Site.OpenAsync(options.With("EPM_REDIS", redis.Setting), await Site.CreateDatabaseAsync(options, "trust_redis"));
        await MeasureAsync(site, report, "T20", "stopped (kill -9)", redis.KillAsync, redis.StartAgainAsync);
        await MeasureAsync(site, report, "T21", "hung", () => Do(redis.Freeze), () => Do(redis.Thaw));
    }

    private static async Task MeasureAsync(Site site, TrustReport report, string rule, string how, Func<Task> stop, Func<Task> start)
    {
        // Each asks for days of its own: an answer is shared, or worked out.
        await using var work = await Work.BeginAsync(site, writers: 1, readers: 4, n => string.Create(CultureInfo.InvariantCulture, $"/api/v1/dashboard?from=2025-{n % 12 + 1:00}-01&to=2025-{n % 12 + 1:00}-{n / 12 % 27 + 2:00}"));
        await Task.Delay(TimeSpan.FromSeconds(5));
        var from = work.Now;
        await Task.Delay(Calm);
        var stopped = work.Now;
        await stop();
        await Task.Delay(Away);
        var back = work.Now;
        await start();
        await Task.Delay(Calm);
        var end = work.Now;
        await work.EndAsync();
        var failed = work.Answers.Count(answer => answer.Status is not (200 or 201));
        var (calm, at, away, after) = (work.Times(from, stopped), work.Times(stopped, stopped + 2), work.Times(stopped + 2, back), work.Times(back + 5, end));
        var more = Work.P95(away) - Work.P95(calm);
        report.Add(new TrustFigure(rule, $"Redis {how} for {Away.TotalSeconds} s under load",
            string.Create(CultureInfo.InvariantCulture, $"{failed} of {work.Answers.Count:N0} requests failed; p95 {Work.P95(calm):0} ms before, {Work.P95(at):0} in the first 2 s, {Work.P95(away):0} from then on, {Work.P95(after):0} from 5 s after it is back"),
            "0 failed; from 2 s on ≤ 50 ms more", failed == 0 && more <= 50));
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
