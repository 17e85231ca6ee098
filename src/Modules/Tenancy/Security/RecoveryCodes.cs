using System.Security.Cryptography;
using System.Text;

namespace EPM.Tenancy.Security;

/// <summary>
/// Ten codes, each good once, for whoever has lost the telephone. 120 random bits: nobody guesses one from its hash, so the hash
/// need not be slow.
/// </summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const int Size = 15;
    private const int Letters = 24;
    private const int Group = 6;

    public static IReadOnlyList<string> Make() => [.. Enumerable.Range(0, Count).Select(_ => Show(Totp.Base32(RandomNumberGenerator.GetBytes(Size)).ToLowerInvariant()))];

    /// <returns>Null when the text is not of their form.</returns>
    public static byte[]? HashOf(string typed)
    {
        var letters = new string([.. typed.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return letters.Length == Letters ? SHA256.HashData(Encoding.ASCII.GetBytes(letters)) : null;
    }

    private static string Show(string letters) => string.Join('-', letters.Chunk(Group).Select(group => new string(group)));
}
