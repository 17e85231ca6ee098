using System.Globalization;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Http;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Figures;

/// <summary>Dashboards as many people read them at once, while imports come in, after each of which nothing that was cached holds any more.</summary>
internal static class MixedReads
{
    private const int PerSecond = 500;
    private const int Connections = 24;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, Loaded loaded)
    {
        Report.Say($"{PerSecond} requests a second for {Length.TotalSeconds} s");
        var site = loaded.Site;
        var requests = new List<byte[]>();
        foreach (var path in Paths())
            requests.Add(await site.RequestAsync(path, compressed: true));
        var loop = new OpenLoop(site.Host.Port, requests, PerSecond, Connections);
        loop.Run(TimeSpan.FromSeconds(3), _ => Raise(site));
        Tell(report, site, loop, everySeconds: 5, Bar.AtMost(10, "≤ 10 ms"));
        Tell(report, site, loop, everySeconds: 1, bar: null);
    }

    private static void Tell(Report report, Site site, OpenLoop loop, int everySeconds, Bar? bar)
    {
        var cpu = ProcessFigures.CpuSeconds(site.Host.Pid);
        var (times, errors) = loop.Run(Length, second =>
        {
            if (second % everySeconds == 0)
                Raise(site);
        });
        var micros = (ProcessFigures.CpuSeconds(site.Host.Pid) - cpu) * 1e6 / times.Length;
        report.Add(new Figure($"p95 of mixed dashboard reads at {PerSecond} a second, from the moment each was due; all cached answers lapse every {everySeconds} s", "ms", Spread.Of([Spread.Percentile(times, 0.95)]))
        {
            Bar = bar,
            CpuMicroseconds = micros,
            Errors = errors,
            Note = string.Create(CultureInfo.InvariantCulture,
                $"p50 {Spread.Percentile(times, 0.5):0.00}, p99 {Spread.Percentile(times, 0.99):0.00}, most {times[^1]:0.0}"),
        });
    }

    // As an import does when it commits.
    private static void Raise(Site site) => site.RaiseVersionAsync().GetAwaiter().GetResult();

    private static IEnumerable<string> Paths()
    {
        foreach (var (from, to) in new[] { ("2025-10-01", "2025-10-31"), ("2025-12-01", "2025-12-31"), ("2025-07-01", "2025-12-31") })
        {
            yield return $"/api/v1/dashboard?from={from}&to={to}&compare=previous";
            yield return $"/api/v1/dashboard?from={from}&to={to}&compare=previous&region=R1";
            yield return $"/api/v1/dashboard?from={from}&to={to}&compare=previous&store={Shape.StoreCode(4)}";
            yield return $"/api/v1/dashboard?from={from}&to={to}&compare=previous&category={Shape.Branch(2)}";
            yield return $"/api/v1/metrics/query?metrics=revenue,tickets,basket&by=store&from={from}&to={to}";
        }
    }
}
