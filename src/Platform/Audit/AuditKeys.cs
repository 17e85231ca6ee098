using System.Security.Cryptography;
using EPM.Platform.Security;

namespace EPM.Platform.Audit;

/// <summary>
/// What the chain is hashed under: a key that whoever owns only the database does not have, so that no chain rebuilt there fits.
/// Keys of earlier secrets go on verifying.
/// </summary>
public sealed class AuditKeys(DeploymentKeys keys)
{
    private const string Purpose = "epm audit chain";

    private readonly Lazy<Key> _current = new(() => new Key(keys.For(Purpose)));
    private readonly Lazy<Key[]> _before = new(() => [.. keys.BeforeFor(Purpose).Select(key => new Key(key))]);

    public string CurrentId => _current.Value.Id;

    public byte[] Hash(Guid tenant, long number, AuditEntry entry, ReadOnlySpan<byte> previous) =>
        HMACSHA256.HashData(_current.Value.Secret, AuditEncoding.Of(tenant, number, entry, CurrentId, previous));

    /// <returns>Null when the entry was hashed under a key that this deployment does not know.</returns>
    public bool? Fits(Guid tenant, ChainedEntry chained)
    {
        var key = _before.Value.Prepend(_current.Value).FirstOrDefault(key => key.Id == chained.KeyId);
        if (key is null)
            return null;
        var expected = HMACSHA256.HashData(key.Secret, AuditEncoding.Of(tenant, chained.Number, chained.Entry, chained.KeyId, chained.Previous));
        return CryptographicOperations.FixedTimeEquals(expected, chained.Hash);
    }

    private sealed class Key(byte[] secret)
    {
        public byte[] Secret => secret;

        // Names the key without telling anything of it.
        public string Id { get; } = Convert.ToHexStringLower(HMACSHA256.HashData(secret, "epm audit key name"u8).AsSpan(0, 6));
    }
}
