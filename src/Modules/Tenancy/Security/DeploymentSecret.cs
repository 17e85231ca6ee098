using System.Security.Cryptography;
using EPM.Platform.Security;

namespace EPM.Tenancy.Security;

/// <summary>What seals keys at rest: under a key derived from the deployment's secret.</summary>
internal sealed class DeploymentSecret(DeploymentKeys keys)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Lazy<byte[]> _key = new(() => keys.For("epm signing keys"));

    public byte[] Seal(byte[] plain)
    {
        var text = new byte[NonceSize + TagSize + plain.Length];
        var nonce = text.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key.Value, TagSize);
        cipher.Encrypt(nonce, plain, text.AsSpan(NonceSize + TagSize), text.AsSpan(NonceSize, TagSize));
        return text;
    }

    /// <returns>Null when it was sealed under another secret.</returns>
    public byte[]? Unseal(byte[] sealedText)
    {
        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_key.Value, TagSize);
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
}
