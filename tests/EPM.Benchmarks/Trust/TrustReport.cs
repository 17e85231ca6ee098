using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EPM.Benchmarks.Trust;

/// <param name="Rule">Number of the rule it proves.</param>
/// <param name="Passes">What was promised.</param>
internal sealed record TrustFigure(string Rule, string Name, string Measured, string Passes, bool IsMet);

/// <summary>Collects what was done to the product and what became of it.</summary>
internal sealed class TrustReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<TrustFigure> _figures = [];

    public Dictionary<string, string> About { get; } = new(StringComparer.Ordinal);

    public bool AllMet => _figures.TrueForAll(figure => figure.IsMet);

    public void Add(TrustFigure figure)
    {
        _figures.Add(figure);
        Console.WriteLine($"  {figure.Rule} {figure.Name}: {figure.Measured}  [{figure.Passes}: {(figure.IsMet ? "met" : "NOT MET")}]");
    }

    public async Task WriteAsync(string json, string markdown)
    {
        await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { about = About, figures = _figures }, Indented) + "\n");
        await File.WriteAllTextAsync(markdown, Markdown());
    }

    public string Markdown()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in About)
            text.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
        text.Append("\n| rule | what is done | measured | passes when |\n|---|---|---|---|\n");
        foreach (var figure in _figures)
            text.Append("| ").AppendJoin(" | ", figure.Rule, figure.Name, figure.Measured, $"{figure.Passes}: {(figure.IsMet ? "met" : "**not met**")}").Append(" |\n");
        return text.ToString();
    }
}
