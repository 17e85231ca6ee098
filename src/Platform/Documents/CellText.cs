using System.Buffers;

namespace EPM.Platform.Documents;

/// <summary>
/// Text that a spreadsheet must not run. What begins like a formula gets a single quote in front, and the reader of imports takes that
/// quote away again: whatever was exported comes back as it was.
/// </summary>
public static class CellText
{
    // The wide forms start a formula where spreadsheets are set to East Asian languages.
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\uFF1D\uFF0B\uFF0D\uFF20");

    public static string Guard(string text) => IsLikeAFormula(text) ? "'" + text : text;

    public static ReadOnlySpan<char> Unguard(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == '\'' && IsLikeAFormula(text[1..]) ? text[1..] : text;

    /// <summary>True for what a spreadsheet could run, also behind spaces and quotes of its own; a plain number is none.</summary>
    public static bool IsLikeAFormula(ReadOnlySpan<char> text)
    {
        if (IsNumber(text))
            return false;
        for (var at = 0; at < text.Length; at++)
        {
            var first = text[at];
            if (Starts.Contains(first) || first is '\t' or '\r' or '\0')
                return true;
            if (first != '\'' && first != '\uFEFF' && !char.IsWhiteSpace(first) && !char.IsControl(first))
                return false;
        }
        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var digits = text is ['-', ..] ? text[1..] : text;
        var mark = digits.IndexOfAny('.', ',');
        return mark < 0 ? AreDigits(digits) : AreDigits(digits[..mark]) && AreDigits(digits[(mark + 1)..]);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
