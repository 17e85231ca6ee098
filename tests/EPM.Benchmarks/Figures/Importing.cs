using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Reporting;
using EPM.Benchmarks.Running;

namespace EPM.Benchmarks.Figures;

/// <summary>A whole file through the API against the database's own copy of the same rows, and the same file again.</summary>
internal sealed class Importing(Options options, Report report, Site site, string admin, long lines)
{
    private readonly List<double> _ours = [];
    private readonly List<double> _again = [];
    private readonly List<double> _theirs = [];
    private double _cpu;

    /// <param name="rounds">0 to only fill the site.</param>
    public async Task<Loaded> RunAsync(int rounds)
    {
        Report.Say($"Making the files of {lines:N0} lines");
        var files = new SalesFiles(await site.NumbersAsync());
        var till = Path.Combine(options.Scratch, $"till-{lines}.csv");
        var rows = Path.Combine(options.Scratch, $"rows-{lines}.csv");
        var sums = files.Write(till, rounds == 0 ? null : rows, lines, Shape.First, Shape.Days);
        var loaded = new Loaded(site, files, sums, till, lines);
        await WarmAsync(files);
        var copy = new DirectCopy(options, admin);
        for (var round = 0; round < Math.Max(1, rounds); round++)
        {
            Report.Say($"Importing {loaded.Label}, round {round + 1}");
            // Whoever comes second finds caches warm and write-ahead log recycled: turns are taken.
            if (rounds > 0 && round % 2 == 1)
                await CopyAsync(copy, rows, sums);
            await ImportAsync(loaded);
            if (rounds > 0 && round % 2 == 0)
                await CopyAsync(copy, rows, sums);
            if (rounds > 0)
                await AgainAsync(till);
        }
        await loaded.CheckAsync();
        if (rounds > 0)
            await TellAsync(loaded, copy.Name, new FileInfo(till).Length);
        File.Delete(rows);
        await site.ExecuteAsync("TRUNCATE bench.line");
        return loaded;
    }

    // Code paths compiled, pools filled: the rounds are of a host that has been at work.
    private async Task WarmAsync(SalesFiles files)
    {
        var file = Path.Combine(options.Scratch, "warm.csv");
        files.Write(file, null, 20_000, Shape.First, 30);
        await using var content = File.OpenRead(file);
        await site.ImportAsync("sales", content);
    }

    private async Task ImportAsync(Loaded loaded)
    {
        await site.ExecuteAsync("TRUNCATE sales.line, sales.day_category, sales.day_product, sales.day_hour, sales.month_category");
        await site.ExecuteAsync("CHECKPOINT");
        var cpu = ProcessFigures.CpuSeconds(site.Host.Pid);
        await using var content = File.OpenRead(loaded.Till);
        var (seconds, import) = await site.ImportAsync("sales", content);
        _cpu = (ProcessFigures.CpuSeconds(site.Host.Pid) - cpu) * 1e6 / lines;
        Expect(import, "added", lines);
        await loaded.CheckAsync();
        _ours.Add(seconds);
    }

    private async Task AgainAsync(string till)
    {
        await using var content = File.OpenRead(till);
        var (seconds, import) = await site.ImportAsync("sales", content);
        Expect(import, "unchanged", lines);
        Expect(import, "added", 0);
        Expect(import, "updated", 0);
        _again.Add(seconds);
    }

    private async Task CopyAsync(DirectCopy copy, string rows, Sums sums)
    {
        await site.ExecuteAsync("TRUNCATE bench.line");
        await site.ExecuteAsync("CHECKPOINT");
        _theirs.Add(await copy.RunAsync(rows));
        if (await site.ScalarAsync<long>("SELECT count(*) FROM bench.line") != lines
            || await site.ScalarAsync<decimal>("SELECT sum(quantity * unit_price - discount) FROM bench.line") != sums.Revenue(Shape.First, Shape.First.AddDays(Shape.Days)))
            throw new ImpossibleException("The reference did not copy the same rows.");
    }

    private static void Expect(JsonElement import, string counter, long expected)
    {
        if (import.GetProperty(counter).GetInt64() != expected || import.GetProperty("rejected").GetInt64() != 0)
            throw new ImpossibleException($"Expected {expected} lines {counter}: {import}");
    }

    private async Task TellAsync(Loaded loaded, string reference, long bytes)
    {
        report.Add(new Figure($"import of {loaded.Label} by the API: validated, held against what is stored, summed up", "lines/s", Spread.Of(_ours.Select(s => lines / s)))
        {
            ReferenceName = reference,
            Reference = Spread.Of(_theirs.Select(s => lines / s)),
            Ratio = Spread.Of(_theirs.Zip(_ours, (theirs, ours) => theirs / ours)).Median,
            Bar = Bar.AtLeast(0.6, "≥ 0.6"),
            CpuMicroseconds = _cpu,
            Bytes = bytes,
            Note = "processor time of the host a line",
        });
        report.Add(new Figure($"the same {loaded.Label} again, 0 changed", "lines/s", Spread.Of(_again.Select(s => lines / s)))
        {
            ReferenceName = "first import",
            Reference = Spread.Of(_ours.Select(s => lines / s)),
            Ratio = Spread.Of(_again.Zip(_ours, (again, first) => again / first)).Median,
            Bar = Bar.AtMost(1, "≤ 1 × the first"),
            Bytes = bytes,
        });
        report.Add(new Figure($"peak memory of the host while importing {loaded.Label}", "MiB", Spread.Of([ProcessFigures.PeakMegabytes(site.Host.Pid)])) { Bar = Bar.AtMost(300, "≤ 300 MB") });
        await StorageAsync(loaded);
    }

    private async Task StorageAsync(Loaded loaded)
    {
        async Task<double> SizeAsync(string table) => await site.ScalarAsync<long>($"SELECT pg_table_size('{table}') + pg_indexes_size('{table}')");
        report.Add(new Figure($"storage a sale line, heap and indexes, {loaded.Label}", "bytes", Spread.Of([await SizeAsync("sales.line") / lines]))
        {
            Bar = Bar.AtMost(130, "≤ 130 bytes"),
            ReferenceName = "copied table",
            Reference = Spread.Of([await SizeAsync("bench.line") / lines]),
        });
        var parts = new List<(string Table, double Bytes)>();
        foreach (var table in new[] { "day_category", "month_category", "day_product", "day_hour" })
            parts.Add((table, await SizeAsync("sales." + table) / lines));
        report.Add(new Figure($"storage of the rollups a sale line, {loaded.Label}", "bytes", Spread.Of([parts.Sum(part => part.Bytes)]))
        {
            Note = string.Join(", ", parts.Select(part => $"{part.Table} {part.Bytes:0.0}")),
        });
    }
}
