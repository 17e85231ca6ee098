using System.Collections.Frozen;
using System.Security.Cryptography;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;

namespace EPM.Tenancy.Security;

/// <param name="Public">SubjectPublicKeyInfo; enough to verify.</param>
/// <param name="Private">PKCS#8; null when it was sealed under a secret this host does not have.</param>
internal sealed record SigningKey(string Kid, byte[] Public, byte[]? Private, DateTimeOffset MadeAt, DateTimeOffset? RetiresAt);

/// <summary>
/// The keys that sign access tokens, kept in the database so that every host knows all of them. A replaced key goes on verifying
/// until the last token it signed is dead.
/// </summary>
internal sealed class SigningKeys(Database database, DeploymentSecret secret, TimeProvider time)
{
    /// <summary>Longer than any access token lives.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(60);

    // An unknown name may be a key that another host just made, or anybody's invention: look, but not for each of them.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private volatile Loaded _loaded = new(FrozenDictionary<string, SigningKey>.Empty, DateTimeOffset.MinValue);

    /// <returns>The key as last loaded, if it still verifies.</returns>
    public SigningKey? Find(string kid) =>
        _loaded.Keys.TryGetValue(kid, out var key) && (key.RetiresAt is null || key.RetiresAt > time.GetUtcNow()) ? key : null;

    /// <summary>Makes sure that <see cref="Find"/> knows the key if any host has made it.</summary>
    public async ValueTask LookForAsync(string kid, CancellationToken ct)
    {
        var age = time.GetUtcNow() - _loaded.At;
        if (age > FreshFor || (age > BetweenLooks && !_loaded.Keys.ContainsKey(kid)))
            await LoadAsync(ct);
    }

    /// <summary>The key that signs; the first one is made when it is first needed.</summary>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() - _loaded.At > FreshFor)
            await LoadAsync(ct);
        if (Newest() is { } newest)
            return newest;
        await RotateAsync(ct);
        return Newest() ?? throw new InvalidOperationException("A signing key was made and is not there.");
    }

    /// <summary>Makes a new key that signs from now on; the others verify until their last token is dead, and are then removed.</summary>
    public async Task<string> RotateAsync(CancellationToken ct)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        var spki = pair.ExportSubjectPublicKeyInfo();
        var kid = Convert.ToHexStringLower(SHA256.HashData(spki).AsSpan(0, 12));
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var retire = new Npgsql.NpgsqlCommand("UPDATE tenancy.signing_key SET retires_at = $1 WHERE retires_at IS NULL", connection, transaction))
            await retire.With(now + Overlap).ExecuteNonQueryAsync(ct);
        await using (var remove = new Npgsql.NpgsqlCommand("DELETE FROM tenancy.signing_key WHERE retires_at < $1", connection, transaction))
            await remove.With(now).ExecuteNonQueryAsync(ct);
        await using (var add = new Npgsql.NpgsqlCommand("INSERT INTO tenancy.signing_key (kid, public_key, private_key, made_at) VALUES ($1, $2, $3, $4)", connection, transaction))
            await add.With(kid).With(spki).With(secret.Seal(pair.ExportPkcs8PrivateKey())).With(now).ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        await LoadAsync(ct);
        return kid;
    }

    private SigningKey? Newest() => _loaded.Keys.Values
        .Where(key => key.Private is not null && key.RetiresAt is null)
        .OrderByDescending(key => key.MadeAt).ThenBy(key => key.Kid, StringComparer.Ordinal)
        .FirstOrDefault();

    private async Task LoadAsync(CancellationToken ct)
    {
        var at = time.GetUtcNow();
        var keys = await database.ReadAsync(connection => ReadAsync(connection, ct), ct);
        _loaded = new Loaded(keys.ToFrozenDictionary(key => key.Kid, StringComparer.Ordinal), at);
    }

    private async Task<List<SigningKey>> ReadAsync(Npgsql.NpgsqlConnection connection, CancellationToken ct)
    {
        var keys = new List<SigningKey>();
        await using var command = new Npgsql.NpgsqlCommand("SELECT kid, public_key, private_key, made_at, retires_at FROM tenancy.signing_key", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var retires = await reader.IsDBNullAsync(4, ct) ? (DateTimeOffset?)null : await reader.GetFieldValueAsync<DateTimeOffset>(4, ct);
            keys.Add(new SigningKey(reader.GetString(0), reader.GetFieldValue<byte[]>(1), secret.Unseal(reader.GetFieldValue<byte[]>(2)),
                reader.GetFieldValue<DateTimeOffset>(3), retires));
        }
        return keys;
    }

    private sealed record Loaded(FrozenDictionary<string, SigningKey> Keys, DateTimeOffset At);
}
