using System.Text;

namespace EPM.Platform.Audit;

/// <summary>Text from outside, made safe to keep on one line: no control characters, no half of a character, not too long.</summary>
internal static class PlainText
{
    public static string? Of(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var kept = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > longest)
                break;
            kept.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }
        return kept.ToString();
    }
}
