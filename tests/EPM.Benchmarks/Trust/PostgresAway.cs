using System.Globalization;
using EPM.Benchmarks.Running;
using EPM.TestKit;

namespace EPM.Benchmarks.Trust;

/// <summary>T23, T24: a server of its own that is restarted in every way, and that hangs, while people work.</summary>
internal static class PostgresAway
{
    private const int Restarts = 10;

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Options options, TrustReport report)
    {
        await using var server = await PostgresServer.StartAsync();
        options = options.With("EPM_DEADLINE_SECONDS", "5");
        await HostProcess.MigrateAsync(options.HostOn(server.Connection));
        await using var site = await Site.OpenAsync(options, server.Connection);
        await RestartAsync(site, server, report);
        await FreezeAsync(site, server, report);
    }

    private static async Task RestartAsync(Site site, PostgresServer server, TrustReport report)
    {
        await using var work = await Work.BeginAsync(site, writers: 3, readers: 3, _ => "/api/v1/users");
        var slowest = 0.0;
        for (var restart = 0; restart < Restarts; restart++)
        {
            await work.NextSuccessAsync();
            await Task.Delay(500);
            await server.StopAsync((Shutdown)(restart % 3));
            await server.StartAgainAsync();
            slowest = Math.Max(slowest, await work.NextSuccessAsync());
        }
        await work.EndAsync();
        site.Admin.Clear();
        var (lost, died) = (await work.LostAsync(), site.Host.HasExited);
        var unsure = work.Answers.Count(answer => answer.Status is not (200 or 201));
        report.Add(new TrustFigure("T23", $"PostgreSQL restarted {Restarts} times (fast, immediate, kill -9) while people read and write",
            string.Create(CultureInfo.InvariantCulture, $"{lost} of {work.Acknowledged:N0} acknowledged writes lost; first success {slowest:0.0} s at most after it accepts; {unsure} of {work.Answers.Count:N0} answers had to be asked for again"),
            "0 lost, first success ≤ 3 s, the host never ends", lost == 0 && slowest <= 3 && !died));
    }

    private static async Task FreezeAsync(Site site, PostgresServer server, TrustReport report)
    {
        await using var work = await Work.BeginAsync(site, writers: 3, readers: 3, _ => "/api/v1/users");
        await work.NextSuccessAsync();
        await server.FreezeAsync();
        var from = work.Now;
        while (await site.Host.StatusAsync("/health/ready") != 503)
            await Task.Delay(50);
        var unready = work.Now - from;
        var live = true;
        while (work.Now < from + Frozen.TotalSeconds)
        {
            live &= await site.Host.StatusAsync("/health/live") == 200;
            await Task.Delay(500);
        }
        await server.ThawAsync();
        var back = await work.NextSuccessAsync();
        await work.EndAsync();
        var during = work.Times(from - 1, from + Frozen.TotalSeconds);
        foreach (var slow in work.Answers.Where(answer => answer.At >= from - 1 && answer.Milliseconds > 6_000).Take(10))
            Console.WriteLine($"    {slow}, frozen from {from}");
        var lost = await work.LostAsync();
        report.Add(new TrustFigure("T24", $"PostgreSQL frozen for {Frozen.TotalSeconds} s while people read and write",
            string.Create(CultureInfo.InvariantCulture, $"{during.Length:N0} answers, the slowest after {during[^1] / 1000:0.0} s; not ready after {unready:0.0} s, {(live ? "always alive" : "NOT always alive")}; first success {back:0.0} s after its end; {lost} acknowledged writes lost"),
            "slowest ≤ 6 s, not ready ≤ 5 s, alive, back ≤ 3 s, 0 lost", during[^1] <= 6_000 && unready <= 5 && live && back <= 3 && lost == 0));
    }
}
