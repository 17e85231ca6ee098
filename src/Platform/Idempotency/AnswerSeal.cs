using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Security;

namespace EPM.Platform.Idempotency;

/// <summary>
/// Answers at rest are sealed, since some hold a secret that is shown once; requests are told apart by a keyed hash, since some hold a
/// password, which could be guessed from a plain one.
/// </summary>
public sealed class AnswerSeal(DeploymentKeys keys)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Lazy<byte[]> _seal = new(() => keys.For("epm idempotency answers"));
    private readonly Lazy<byte[]> _print = new(() => keys.For("epm idempotency fingerprints"));

    public byte[] Fingerprint(string asked, byte[] bodyHash) => HMACSHA256.HashData(_print.Value, (byte[])[.. bodyHash, .. Encoding.UTF8.GetBytes(asked)]);

    public byte[] Seal(byte[] plain)
    {
        var text = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(_seal.Value, TagSize);
        cipher.Encrypt(text.AsSpan(0, NonceSize), plain, text.AsSpan(NonceSize + TagSize), text.AsSpan(NonceSize, TagSize));
        return text;
    }

    /// <exception cref="AuthenticationTagMismatchException">It was altered: a fingerprint of this deployment's secret stood beside it.</exception>
    public byte[] Unseal(byte[] text)
    {
        var plain = new byte[text.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_seal.Value, TagSize);
        cipher.Decrypt(text.AsSpan(0, NonceSize), text.AsSpan(NonceSize + TagSize), text.AsSpan(NonceSize, TagSize), plain);
        return plain;
    }
}
