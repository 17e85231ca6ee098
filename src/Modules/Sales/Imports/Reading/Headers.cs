using System.Globalization;
using System.Text;
using EPM.Platform.Imports;

namespace EPM.Sales.Imports.Reading;

/// <summary>Recognises columns by name, whatever the case, accents, spaces and punctuation.</summary>
internal static class Headers
{
    /// <returns>For each column of the header the canonical column it stands for, or null; a canonical column is given once.</returns>
    public static IReadOnlyList<string?> Recognise(IReadOnlyList<string> header, IReadOnlyList<ImportColumn> columns)
    {
        var result = new string?[header.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        // Exact canonical names first, so that a synonym never takes a column from its own name.
        foreach (var exact in new[] { true, false })
        {
            for (var i = 0; i < header.Count; i++)
            {
                if (result[i] is not null)
                    continue;
                var folded = Fold(header[i]);
                var match = columns.FirstOrDefault(column => !taken.Contains(column.Name)
                    && (exact ? Fold(column.Name) == folded : column.Synonyms.Contains(folded, StringComparer.Ordinal)));
                if (match is not null && taken.Add(match.Name))
                    result[i] = match.Name;
            }
        }
        return result;
    }

    /// <summary>Lower-case letters and digits only, without accents; <c>N°</c> is <c>no</c>.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                folded.Append(char.ToLowerInvariant(letter));
            else if (letter is '°' or 'º')
                folded.Append('o');
        }
        return folded.ToString();
    }

    /// <summary>A readable code made of a name: <c>United Kingdom</c> becomes <c>united-kingdom</c>.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
