using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Modules;

namespace EPM.Tenancy.Security;

/// <summary>What seals keys at rest: derived from <c>EPM_SECRET</c>, or from a file that only the host's account can read.</summary>
internal sealed class DeploymentSecret(EpmSettings settings)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int ShortestSecret = 32;

    private readonly Lazy<byte[]> _key = new(() =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Material(settings), 32, info: "epm signing keys"u8.ToArray()));

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

    private static byte[] Material(EpmSettings settings)
    {
        if (settings.Secret is not { } given)
            return FromFile(Path.Combine(settings.DataDirectory, "secret"));
        return given.Length >= ShortestSecret
            ? Encoding.UTF8.GetBytes(given)
            : throw new InvalidOperationException($"EPM_SECRET has fewer than {ShortestSecret} characters. Give a random one, or none to have one generated.");
    }

    private static byte[] FromFile(string path)
    {
        if (!File.Exists(path))
            Generate(path);
        var material = File.ReadAllBytes(path);
        return material.Length >= ShortestSecret ? material : throw new InvalidOperationException($"{path} is not a secret of this product: remove it to have a new one generated.");
    }

    // Written aside and moved: two hosts that start together on one data directory end up with the same secret.
    private static void Generate(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(aside, options))
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
