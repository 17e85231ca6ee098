using System.Runtime.InteropServices;
using EPM.Benchmarks.Reporting;

namespace EPM.Benchmarks.Trust;

/// <summary>The trust figures, one after the other, each on a database of its own.</summary>
internal static class TrustRun
{
    /// <summary>By the names that --only takes; whoever adds a figure adds a line.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Options, TrustReport, Task>> Figures = new Dictionary<string, Func<Options, TrustReport, Task>>(StringComparer.Ordinal)
    {
        ["replies"] = SharedReplies.RunAsync,
        ["redis"] = RedisAway.RunAsync,
        ["postgres"] = PostgresAway.RunAsync,
        ["neighbour"] = NoisyNeighbour.RunAsync,
        ["keys"] = RepeatedKeys.RunAsync,
        ["facts"] = ToldFacts.RunAsync,
        ["commits"] = CutCommits.RunAsync,
        ["kills"] = KilledImport.RunAsync,
        ["tenant"] = OneChainBack.RunAsync,
        ["restarts"] = RollingRestarts.RunAsync,
    };

    /// <summary>The one that is made only when it is named.</summary>
    public const string Drill = "drill";

    /// <returns>0 when every promise was kept.</returns>
    public static async Task<int> MainAsync(Options options)
    {
        var build = Path.Combine(options.Root, ".build");
        // The rows that are not measured now stay as they were.
        var report = options.Only.Count == 0 ? new TrustReport() : await TrustReport.LoadAsync(Path.Combine(build, "trust.json"));
        report.About["load"] = "processes that wanted a core, on average, in the minute before the figure was taken";
        report.About["machine"] = $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, PostgreSQL with every commit durable";
        var whole = true;
        foreach (var (name, figure) in Figures.Where(figure => options.Wants(figure.Key)))
        {
            whole &= await MeasureAsync(name, figure, options, report);
        }
        if (options.Only.Contains(Drill, StringComparer.Ordinal))
            whole &= await MeasureAsync(Drill, BigDrill.RunAsync, options, report);
        await report.WriteAsync(Path.Combine(build, "trust.json"), Path.Combine(build, "trust.md"));
        Console.WriteLine("\n.build/trust.json and .build/trust.md have all of it.");
        if (options.Write)
            await Documents.WriteAsync(Path.Combine(options.Root, "README.md"), "trust", report.Markdown());
        return whole && report.AllMet ? 0 : 1;
    }

    // What breaks one figure off does not take the others with it; the run is then not a good one.
    private static async Task<bool> MeasureAsync(string name, Func<Options, TrustReport, Task> figure, Options options, TrustReport report)
    {
        Report.Say(name);
        try
        {
            await figure(options, report);
            return true;
        }
        catch (Exception broken)
        {
            await Console.Error.WriteLineAsync($"{name} broke off: {broken}");
            return false;
        }
    }
}
