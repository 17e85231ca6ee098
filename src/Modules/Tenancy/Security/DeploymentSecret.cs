using System.Security.Cryptography;
using EPM.Platform.Security;

namespace EPM.Tenancy.Security;

/// <summary>What seals secrets at rest: under keys derived from the deployment's secret, one a purpose.</summary>
internal sealed class DeploymentSecret(DeploymentKeys keys)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const string SigningKeys = "signing keys";

    /// <param name="purpose">What it is and whose: sealed for one purpose, it is nothing for any other.</param>
    public byte[] Seal(byte[] plain, string purpose = SigningKeys)
    {
        var text = new byte[NonceSize + TagSize + plain.Length];
        var nonce = text.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys.For(Name(purpose)), TagSize);
        cipher.Encrypt(nonce, plain, text.AsSpan(NonceSize + TagSize), text.AsSpan(NonceSize, TagSize));
        return text;
    }

    /// <returns>Null when it was sealed under a secret this deployment never had, for another purpose, or by nobody.</returns>
    public byte[]? Unseal(byte[] sealedText, string purpose = SigningKeys) => sealedText.Length < NonceSize + TagSize
        ? null
        : keys.BeforeFor(Name(purpose)).Prepend(keys.For(Name(purpose))).Select(key => Open(sealedText, key)).FirstOrDefault(plain => plain is not null);

    private static byte[]? Open(byte[] sealedText, byte[] key)
    {
        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        try
        {
            cipher.Decrypt(sealedText.AsSpan(0, NonceSize), sealedText.AsSpan(NonceSize + TagSize), sealedText.AsSpan(NonceSize, TagSize), plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static string Name(string purpose) => "epm " + purpose;
}
