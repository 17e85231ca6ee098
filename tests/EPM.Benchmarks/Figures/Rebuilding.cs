using System.Diagnostics;
using System.Net.Http.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Reporting;

namespace EPM.Benchmarks.Figures;

/// <summary>A new day through the whole import against summing every day up again, as moving a category makes the product do.</summary>
internal static class Rebuilding
{
    private const int Rounds = 5;

    private static readonly DateOnly First = new(2026, 3, 1);

    public static async Task RunAsync(Options options, Report report, Loaded loaded)
    {
        Report.Say("A new day, and all days anew");
        var lines = loaded.Lines / Shape.Days;
        var file = Path.Combine(options.Scratch, "day.csv");
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            loaded.Files.Write(file, null, lines, First.AddDays(round), 1);
            await using var content = File.OpenRead(file);
            seconds.Add((await loaded.Site.ImportAsync("sales", content)).Seconds);
        }
        var clock = Stopwatch.StartNew();
        await loaded.Site.PutAsync($"/api/v1/categories/{Shape.Leaf(0)}", new { name = "Rayon déplacé", parent = Shape.Branch(1) });
        var rebuild = clock.Elapsed.TotalSeconds;
        await loaded.CheckAsync();
        var day = Spread.Of(seconds);
        report.Add(new Figure($"one new day ({lines:N0} lines) through the whole import, {loaded.Label} stored", "s", day)
        {
            ReferenceName = "rollups of all store-days that sold a category's products, anew",
            Reference = Spread.Of([rebuild]),
            Ratio = day.Median / rebuild,
            Bar = Bar.AtMost(0.01, "≤ 0.01"),
        });
    }
}
