using System.Globalization;
using System.Text.Json.Serialization;

namespace EPM.Host;

/// <summary>What the benchmarks compare with, in the same process and before any middleware: there only when EPM_BENCH is 1.</summary>
internal static class BenchEndpoints
{
    private static readonly BenchRows Rows = new([.. Enumerable.Range(1, 40).Select(i => new BenchRow(string.Create(CultureInfo.InvariantCulture, $"S{i:00}"), $"Magasin {i}", 1_250_000.5m * i, 731 * i, 1710.75m))]);

    public static void MapBench(this WebApplication app)
    {
        if (app.Configuration["EPM_BENCH"] != "1")
            return;
        app.Use((http, next) => http.Request.Path.Value switch
        {
            "/bench/plain" => http.Response.WriteAsync("plain"),
            "/bench/rows" => http.Response.WriteAsJsonAsync(Rows, BenchJson.Default.BenchRows),
            _ => next(http),
        });
    }
}

internal sealed record BenchRow(string Code, string Name, decimal Revenue, long Tickets, decimal Basket);

internal sealed record BenchRows(IReadOnlyList<BenchRow> Rows);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BenchRows))]
internal sealed partial class BenchJson : JsonSerializerContext;
