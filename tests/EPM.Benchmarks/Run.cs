using System.Runtime.InteropServices;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Figures;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks;

/// <summary>All figures, in an order in which none disturbs another.</summary>
internal sealed class Run(Options options, Report report)
{
    private const int ImportRounds = 3;

    public async Task AllAsync()
    {
        var usual = Math.Min(options.Rows, Options.Usual);
        var admin = await Site.CreateDatabaseAsync(options, "bench_usual");
        if (options.Wants("start"))
            await ColdStart.RunAsync(options, report, admin);
        await using var site = await Site.OpenAsync(options, admin);
        await AboutAsync(site, usual);
        var loaded = await new Importing(options, report, site, admin, usual).RunAsync(options.Wants("import") ? ImportRounds : 0);
        if (options.Rows <= Options.Usual)
        {
            await ReadAsync([loaded]);
            return;
        }
        var largeAdmin = await Site.CreateDatabaseAsync(options, "bench_large");
        await using var large = await Site.OpenAsync(options, largeAdmin);
        report.About["data, large"] = Shape.Told(options.Rows);
        await ReadAsync([loaded, await new Importing(options, report, large, largeAdmin, options.Rows).RunAsync(options.Wants("import") ? 1 : 0)]);
    }

    private async Task ReadAsync(IReadOnlyList<Loaded> sites)
    {
        foreach (var loaded in sites)
            await loaded.Site.ExecuteAsync("VACUUM ANALYZE");
        if (options.Wants("queries") || options.Wants("load"))
        {
            var scans = new LineScans(report, [.. sites.Select(loaded => loaded.Site)]);
            await scans.StartAsync();
            if (options.Wants("queries"))
                await new Querying(options, report).RunAsync(sites);
            if (options.Wants("load"))
                await LoadAsync(sites[0]);
            await scans.TellAsync();
        }
        if (options.Wants("fresh"))
            await Fresh.RunAsync(options, report, sites[0]);
        if (options.Wants("rebuild"))
            await Rebuilding.RunAsync(options, report, sites[0]);
    }

    private async Task LoadAsync(Loaded loaded)
    {
        await CachedKpi.RunAsync(report, loaded);
        await new RowSecurity(report, loaded).RunAsync();
        await MixedReads.RunAsync(report, loaded);
    }

    private async Task AboutAsync(Site site, long lines)
    {
        report.About["machine"] = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB";
        report.About["versions"] = $"{RuntimeInformation.FrameworkDescription}, PostgreSQL {await site.ScalarAsync<string>("SHOW server_version")}, fsync {await site.ScalarAsync<string>("SHOW fsync")}";
        report.About["data"] = Shape.Told(lines);
    }
}
