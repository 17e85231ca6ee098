namespace EPM.Benchmarks.Reporting;

/// <summary>Puts the table where people read it, between two marks.</summary>
internal static class Documents
{
    private const string Opens = "<!-- figures -->";
    private const string Closes = "<!-- /figures -->";

    public static async Task WriteAsync(string file, string table)
    {
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(Opens, StringComparison.Ordinal), text.IndexOf(Closes, StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{file} has no {Opens} … {Closes}");
        await File.WriteAllTextAsync(file, $"{text[..(from + Opens.Length)]}\n\n{table}\n{text[to..]}");
    }
}
