using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Modules;

namespace EPM.Platform.Security;

/// <summary>
/// Keys that the database does not have: derived from <c>EPM_SECRET</c>, or from a file that only the host's account can read.
/// One a purpose, so that none can stand in for another.
/// </summary>
public sealed class DeploymentKeys(EpmSettings settings)
{
    private const int ShortestSecret = 32;

    private readonly Lazy<byte[]> _material = new(() => Material(settings));

    /// <param name="purpose">Stable for ever: another text is another key.</param>
    public byte[] For(string purpose) => Derive(_material.Value, purpose);

    /// <summary>The same key as it was under secrets this deployment used before, for what cannot be sealed anew.</summary>
    public IReadOnlyList<byte[]> BeforeFor(string purpose) =>
        [.. settings.SecretsBefore.Select(secret => Derive(Encoding.UTF8.GetBytes(secret), purpose))];

    private static byte[] Derive(byte[] material, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: Encoding.UTF8.GetBytes(purpose));

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
