using EPM.Benchmarks.Reporting;
using EPM.TestKit;

namespace EPM.Benchmarks.Figures;

/// <summary>From the start of the process to the first 200 of /health/ready, the database being up and migrated.</summary>
internal static class ColdStart
{
    private const int Rounds = 5;

    public static async Task RunAsync(Options options, Report report, string admin)
    {
        Report.Say("Starting and stopping the host");
        var seconds = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            await using var host = await HostProcess.StartAsync(options.HostOn(admin));
            seconds.Add(host.ToReady.TotalSeconds);
        }
        report.Add(new Figure("cold start of the host to its first readiness", "s", Spread.Of(seconds)) { Bar = Bar.AtMost(1.5, "≤ 1.5 s") });
    }
}
