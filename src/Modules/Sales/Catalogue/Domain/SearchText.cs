namespace EPM.Sales.Catalogue;

/// <summary>Text as the column <c>product.search</c> holds it: lower case, without the accents people leave out.</summary>
internal static class SearchText
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyy";

    /// <summary>LIKE patterns, one a word; all must match.</summary>
    public static IEnumerable<string> Patterns(string search) =>
        Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => $"%{Escape(word)}%");

    public static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            var letter = char.ToLowerInvariant(source[i]);
            var at = Accented.IndexOf(letter, StringComparison.Ordinal);
            folded[i] = at < 0 ? letter : Plain[at];
        }
    });

    private static string Escape(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
