using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EPM.Benchmarks.Reporting;

/// <summary>Collects figures, tells each as it comes, and writes them down.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Figure> _figures = [];
    private readonly List<string> _impossible = [];

    /// <summary>Machine, versions and data, in the order told.</summary>
    public Dictionary<string, string> About { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Impossible => _impossible;

    public static void Say(string step) => Console.WriteLine($"· {step}");

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        if (figure.Errors > 0)
            Doubt($"{figure.Name}: {figure.Errors} answers were wrong");
        var verdict = figure.IsMet is { } met ? $"  [{figure.Bar!.Text}: {(met ? "met" : "not met")}]" : "";
        var reference = figure.Reference is { } r ? $" | {figure.ReferenceName} {Told(r, figure.Unit)}" : "";
        var ratio = figure.Ratio is { } x ? $" | ratio {Number(x)}" : "";
        var cpu = figure.CpuMicroseconds is { } micros ? $" | {Number(micros)} µs CPU" + (figure.ReferenceCpuMicroseconds is { } theirs ? $" against {Number(theirs)}" : "") : "";
        Console.WriteLine($"  {figure.Name}: {Told(figure.Ours, figure.Unit)}{reference}{ratio}{cpu}{verdict}{(figure.Note is null ? "" : $" ({figure.Note})")}");
    }

    /// <summary>Makes the run fail at its end: the rest is still worth knowing.</summary>
    public void Doubt(string why)
    {
        _impossible.Add(why);
        Console.WriteLine($"  WRONG: {why}");
    }

    public async Task WriteAsync(string json, string markdown)
    {
        await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new
        {
            about = About,
            wrong = _impossible,
            figures = _figures.Select(f => new
            {
                f.Name,
                f.Unit,
                f.Ours,
                f.ReferenceName,
                f.Reference,
                f.Ratio,
                bar = f.Bar?.Text,
                met = f.IsMet,
                f.CpuMicroseconds,
                f.ReferenceCpuMicroseconds,
                f.Bytes,
                f.Errors,
                f.Note,
            }),
        }, Indented) + "\n");
        await File.WriteAllTextAsync(markdown, Markdown());
    }

    public string Markdown()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in About)
            text.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
        text.Append('\n').Append("| figure | measured: median (min to max) | reference in the same loop | ratio | bar | CPU µs a request | bytes | errors |\n|---|--:|--:|--:|---|--:|--:|--:|\n");
        foreach (var f in _figures)
        {
            var verdict = f.Bar is null ? "" : $"{f.Bar.Text}: {(f.IsMet == true ? "met" : "**not met**")}";
            var cpu = f.CpuMicroseconds is not { } own ? "" : f.ReferenceCpuMicroseconds is { } theirs ? $"{Number(own)} / {Number(theirs)}" : Number(own);
            string[] cells =
            [
                f.Name + (f.Note is null ? "" : $"; {f.Note}"), Told(f.Ours, f.Unit), f.Reference is { } r ? $"{f.ReferenceName}: {Told(r, f.Unit)}" : "",
                f.Ratio is { } ratio ? Number(ratio) : "", verdict, cpu, f.Bytes is { } bytes ? bytes.ToString("N0", CultureInfo.InvariantCulture) : "",
                f.Errors.ToString(CultureInfo.InvariantCulture),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
        return text.ToString();
    }

    private static string Told(Spread spread, string unit) => spread.Count == 1
        ? $"{Number(spread.Median)} {unit}"
        : $"{Number(spread.Median)} {unit} ({Number(spread.Min)} to {Number(spread.Max)})";

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
