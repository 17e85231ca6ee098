using System.Diagnostics;
using EPM.Benchmarks;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Trust;

if (args is ["dispatch", var database, var data])
{
    await Dispatching.RunAsync(database, data);
    return 0;
}
try
{
    var options = Options.Parse(args);
    if (options.Trust)
        return await TrustRun.MainAsync(options);
    var clock = Stopwatch.StartNew();
    var report = new Report();
    string? failure = null;
    try
    {
        await new Run(options, report).AllAsync();
    }
    catch (ImpossibleException wrong)
    {
        report.Doubt(wrong.Message);
    }
    catch (Exception broken)
    {
        failure = broken.ToString();
    }
    var build = Path.Combine(options.Root, ".build");
    await report.WriteAsync(Path.Combine(build, "bench.json"), Path.Combine(build, "bench.md"));
    Console.WriteLine($"\n{clock.Elapsed.TotalSeconds:0} s; .build/bench.json and .build/bench.md have all of it.");
    if (failure is not null)
        await Console.Error.WriteLineAsync(failure);
    foreach (var why in report.Impossible)
        await Console.Error.WriteLineAsync($"Wrong: {why}");
    if (failure is not null || report.Impossible.Count > 0)
        return 1;
    if (options.Write)
    {
        foreach (var file in new[] { "README.md", "docs/benchmarks.md" })
            await Documents.WriteAsync(Path.Combine(options.Root, file), "figures", report.Markdown());
    }
    return 0;
}
catch (UsageException usage)
{
    await Console.Error.WriteLineAsync(usage.Message);
    return 2;
}
