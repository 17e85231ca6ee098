namespace EPM.Benchmarks.Reporting;

/// <summary>Puts the table where people read it, between two marks.</summary>
internal static class Documents
{
    /// <param name="mark">Name of the marks: &lt;!-- mark --&gt; and &lt;!-- /mark --&gt;.</param>
    public static async Task WriteAsync(string file, string mark, string table)
    {
        var (opens, closes) = ($"<!-- {mark} -->", $"<!-- /{mark} -->");
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(opens, StringComparison.Ordinal), text.IndexOf(closes, StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{file} has no {opens} … {closes}");
        await File.WriteAllTextAsync(file, $"{text[..(from + opens.Length)]}\n\n{table}\n{text[to..]}");
    }
}
