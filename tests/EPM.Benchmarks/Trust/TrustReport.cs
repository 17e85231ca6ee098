using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EPM.Benchmarks.Trust;

/// <param name="Rule">Number of the rule it proves.</param>
/// <param name="Passes">What was promised.</param>
/// <param name="Load">How many processes wanted a core in the last minute: above the number of cores, other work took part of the machine, or ours more than it has.</param>
internal sealed record TrustFigure(string Rule, string Name, string Measured, string Passes, bool IsMet, double Load = 0);

/// <summary>Collects what was done to the product and what became of it.</summary>
internal sealed class TrustReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<TrustFigure> _figures = [];

    public Dictionary<string, string> About { get; } = new(StringComparer.Ordinal);

    /// <summary>What an earlier run measured, for a run that measures some of it anew.</summary>
    public static async Task<TrustReport> LoadAsync(string json)
    {
        var report = new TrustReport();
        if (File.Exists(json))
            report._figures.AddRange(JsonSerializer.Deserialize<Kept>(await File.ReadAllTextAsync(json), Indented)!.Figures);
        return report;
    }

    public bool AllMet => _figures.TrueForAll(figure => figure.IsMet);

    public void Add(TrustFigure figure)
    {
        figure = figure with { Load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) };
        _figures.RemoveAll(before => before.Rule == figure.Rule);
        _figures.Add(figure);
        _figures.Sort((one, other) => string.CompareOrdinal(one.Rule, other.Rule));
        Console.WriteLine($"  {figure.Rule} {figure.Name}: {figure.Measured}  [{figure.Passes}: {(figure.IsMet ? "met" : "NOT MET")}]");
    }

    public async Task WriteAsync(string json, string markdown)
    {
        await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new Kept(About, _figures), Indented) + "\n");
        await File.WriteAllTextAsync(markdown, Markdown());
    }

    public string Markdown()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in About)
            text.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
        text.Append("\n| rule | what is done | measured | passes when | load |\n|---|---|---|---|--:|\n");
        foreach (var figure in _figures)
            text.Append("| ").AppendJoin(" | ", figure.Rule, figure.Name, figure.Measured, $"{figure.Passes}: {(figure.IsMet ? "met" : "**not met**")}", figure.Load.ToString("0", CultureInfo.InvariantCulture)).Append(" |\n");
        return text.ToString();
    }

    private sealed record Kept(IReadOnlyDictionary<string, string> About, IReadOnlyList<TrustFigure> Figures);
}
