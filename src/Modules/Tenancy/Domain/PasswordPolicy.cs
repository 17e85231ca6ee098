using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EPM.Tenancy.Domain;

/// <summary>Length, commonness, and whose it is, nothing else: rules of composition make passwords worse (ASVS 6.2).</summary>
internal static class PasswordPolicy
{
    public const int Shortest = 8;
    public const int Longest = 256;

    // Shorter ones stand in many words by chance.
    private const int ShortestOwnWord = 3;

    private static readonly FrozenSet<string> Common = Load();

    public static bool IsUncommon(string password) => !Common.Contains(password.Trim().ToLowerInvariant()) && password.Distinct().Skip(2).Any();

    /// <summary>Whether enough is left of a password once the words are taken out that anybody would try first.</summary>
    /// <param name="known">The person's address and name, the chain's name and subdomain.</param>
    public static bool IsMoreThan(string password, params IEnumerable<string?> known)
    {
        var left = Letters(password);
        foreach (var word in known.SelectMany(Words).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length))
            left = left.Replace(word, "", StringComparison.Ordinal);
        return left.Length == Letters(password).Length || left.Length >= Shortest;
    }

    // The whole, and its parts: of awa.ndiaye@chaine.sn also awa, ndiaye and chaine.
    private static IEnumerable<string> Words(string? text) =>
        (text ?? "").Split([' ', '.', '@', '-', '_', '+', '\''], StringSplitOptions.RemoveEmptyEntries).Append(text ?? "").Select(Letters).Where(word => word.Length >= ShortestOwnWord);

    // Without accents, spaces and signs, which change nothing for whoever guesses.
    private static string Letters(string text) => string.Concat(text.Normalize(NormalizationForm.FormKD)
        .Where(letter => char.IsLetterOrDigit(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("EPM.Tenancy.Domain.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
