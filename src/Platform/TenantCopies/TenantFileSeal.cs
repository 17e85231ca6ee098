using System.Security.Cryptography;
using EPM.Platform.Security;

namespace EPM.Platform.TenantCopies;

/// <summary>
/// Who may say what a chain's rows and passwords were: this deployment alone. Files made under an earlier secret of it are still its own.
/// </summary>
internal sealed class TenantFileSeal(DeploymentKeys keys)
{
    private const string Purpose = "epm tenant file";

    public byte[] Of(ReadOnlySpan<byte> manifest) => HMACSHA256.HashData(keys.For(Purpose), manifest);

    public bool Fits(byte[] manifest, byte[] seal) =>
        keys.BeforeFor(Purpose).Prepend(keys.For(Purpose)).Any(key => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, manifest), seal));
}
