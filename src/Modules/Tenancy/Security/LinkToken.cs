using System.Buffers.Text;
using System.Security.Cryptography;

namespace EPM.Tenancy.Security;

/// <summary>What makes a link open something: 256 random bits, of which only the hash is kept.</summary>
/// <param name="Text">For the link, and nowhere else.</param>
/// <param name="Hash">For the database.</param>
internal sealed record LinkToken(string Text, byte[] Hash)
{
    public static LinkToken Make()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return new LinkToken(Base64Url.EncodeToString(secret), SHA256.HashData(secret));
    }

    /// <returns>Null for what can be no token of ours.</returns>
    public static byte[]? HashOf(string? text) =>
        text is { Length: 43 } && Base64Url.IsValid(text, out var length) && length == 32 ? SHA256.HashData(Base64Url.DecodeFromChars(text)) : null;
}
