using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Http;
using EPM.Benchmarks.Reporting;

namespace EPM.Benchmarks.Figures;

/// <summary>A cached answer behind sign-in against a bare endpoint that serialises forty rows, in the same process.</summary>
internal static class CachedKpi
{
    private const int Rounds = 6;
    private const int Connections = 8;
    private const int Attempts = 3;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    // What one window may be off by on a machine that does other things.
    private const double Doubt = 1.15;

    public static async Task RunAsync(Report report, Loaded loaded)
    {
        Report.Say("Cached answers against a bare endpoint");
        var (site, port, pid) = (loaded.Site, loaded.Site.Host.Port, loaded.Site.Host.Pid);
        const string Kpi = "/api/v1/metrics/query?metrics=revenue,tickets,basket&by=store&from=2025-10-01&to=2025-10-31";
        const string Dashboard = "/api/v1/dashboard?from=2025-10-01&to=2025-10-31&compare=previous";
        ClosedLoop[] loops =
        [
            new(port, pid, KeptConnection.Get(port, "localhost", "/bench/plain"), Connections),
            new(port, pid, KeptConnection.Get(port, "localhost", "/bench/rows"), Connections),
            new(port, pid, await site.RequestAsync(Kpi), Connections),
            new(port, pid, await site.RequestAsync(Dashboard, compressed: true), Connections),
        ];
        CheckRows(loops[1].Expected, body => body.GetProperty("rows"));
        CheckRows(loops[2].Expected, body => body.GetProperty("rows"));
        for (var attempt = 1; ; attempt++)
        {
            var windows = loops.Select(_ => new List<Window>()).ToArray();
            for (var round = -1; round < Rounds; round++)
            {
                for (var i = 0; i < loops.Length; i++)
                {
                    var window = loops[i].Run(Length);
                    if (round >= 0)
                        windows[i].Add(window);
                }
            }
            var impossible = Impossible(windows);
            if (impossible is not null && attempt < Attempts)
                continue;
            if (impossible is not null)
                report.Doubt(impossible);
            Tell(report, windows);
            return;
        }
    }

    private static void Tell(Report report, List<Window>[] windows)
    {
        report.Add(Of("plain text, nothing done", windows[0]));
        foreach (var (name, i) in new[] { ("cached metrics of 40 stores, signed in", 2), ("cached dashboard, signed in, compressed", 3) })
        {
            report.Add(Of(name, windows[i]) with
            {
                ReferenceName = "bare JSON of 40 rows",
                Reference = Spread.Of(windows[1].Select(w => w.PerSecond)),
                Ratio = Spread.Of(windows[i].Zip(windows[1], (ours, bare) => ours.PerSecond / bare.PerSecond)).Median,
                ReferenceCpuMicroseconds = Spread.Of(windows[1].Select(w => w.CpuMicroseconds)).Median,
                Bar = Bar.AtLeast(0.6, "≥ 0.6"),
            });
        }
    }

    private static Figure Of(string name, List<Window> windows) => new(name, "requests/s", Spread.Of(windows.Select(w => w.PerSecond)))
    {
        CpuMicroseconds = Spread.Of(windows.Select(w => w.CpuMicroseconds)).Median,
        Bytes = windows[0].Bytes,
        Errors = windows.Sum(w => w.Errors),
    };

    // Whatever is answered, answering plain text is less work.
    private static string? Impossible(List<Window>[] windows)
    {
        var cpu = windows.Select(w => Spread.Of(w.Select(one => one.CpuMicroseconds)).Median).ToArray();
        return cpu.Skip(1).Any(other => other * Doubt < cpu[0]) ? $"plain text cost more than something that does more: {string.Join(", ", cpu.Select(c => $"{c:0.0} µs"))}" : null;
    }

    private static void CheckRows(byte[] body, Func<JsonElement, JsonElement> rows)
    {
        using var read = JsonDocument.Parse(body);
        if (rows(read.RootElement).GetArrayLength() != Shape.Stores)
            throw new ImpossibleException("An answer of forty rows has another number of them.");
    }
}
