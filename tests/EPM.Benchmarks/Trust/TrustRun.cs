using System.Runtime.InteropServices;
using EPM.Benchmarks.Reporting;

namespace EPM.Benchmarks.Trust;

/// <summary>The trust figures, one after the other, each on a database of its own.</summary>
internal static class TrustRun
{
    /// <summary>By the names that --only takes; whoever adds a figure adds a line.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Options, TrustReport, Task>> Figures = new Dictionary<string, Func<Options, TrustReport, Task>>(StringComparer.Ordinal)
    {
        ["keys"] = RepeatedKeys.RunAsync,
        ["facts"] = ToldFacts.RunAsync,
        ["commits"] = CutCommits.RunAsync,
        ["kills"] = KilledImport.RunAsync,
        ["tenant"] = OneChainBack.RunAsync,
        ["restarts"] = RollingRestarts.RunAsync,
    };

    /// <returns>0 when every promise was kept.</returns>
    public static async Task<int> MainAsync(Options options)
    {
        var report = new TrustReport();
        report.About["machine"] = $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, PostgreSQL with every commit durable";
        foreach (var (name, figure) in Figures.Where(figure => options.Wants(figure.Key)))
        {
            Report.Say(name);
            await figure(options, report);
        }
        var build = Path.Combine(options.Root, ".build");
        await report.WriteAsync(Path.Combine(build, "trust.json"), Path.Combine(build, "trust.md"));
        Console.WriteLine("\n.build/trust.json and .build/trust.md have all of it.");
        if (options.Write)
            await Documents.WriteAsync(Path.Combine(options.Root, "README.md"), "trust", report.Markdown());
        return report.AllMet ? 0 : 1;
    }
}
