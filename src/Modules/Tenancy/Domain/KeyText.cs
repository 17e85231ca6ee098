using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EPM.Tenancy.Domain;

/// <summary>
/// A key as its holder writes it: <c>epm_&lt;id&gt;_&lt;secret&gt;&lt;check&gt;</c>. The check is the first six characters of the SHA-256 of
/// all that stands before it, so that a typing error costs no look-up and a scanner for leaked keys has no false alarms.
/// </summary>
internal sealed partial record KeyText(string Id, string Secret)
{
    private const string IdLetters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const string SecretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public const string Mark = "epm_";

    /// <summary>What may be shown of it.</summary>
    public static string Prefix(string id) => Mark + id;

    /// <summary>190 bits of secret.</summary>
    public static KeyText New() => Of(RandomNumberGenerator.GetString(IdLetters, 10));

    /// <summary>Another secret under the same name.</summary>
    public static KeyText Of(string id) => new(id, RandomNumberGenerator.GetString(SecretLetters, 32));

    /// <summary>All that is kept of the secret. It is random and long: a slow hash would add nothing but work for whoever guesses at us.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public static bool TryRead(string text, [NotNullWhen(true)] out KeyText? key)
    {
        var match = Shape().Match(text);
        key = match.Success ? new KeyText(match.Groups["id"].Value, match.Groups["secret"].Value) : null;
        if (key is not null && key.ToString() != text)
            key = null;
        return key is not null;
    }

    public override string ToString()
    {
        var text = $"{Mark}{Id}_{Secret}";
        return text + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..6];
    }

    [GeneratedRegex(@"\Aepm_(?<id>[a-z2-9]{10})_(?<secret>[A-Za-z0-9]{32})[0-9a-f]{6}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
