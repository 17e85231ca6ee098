using System.Collections.Concurrent;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Caching;

/// <summary>
/// The version of each tenant's figures: raised in the transaction that changes them, told to every host by NOTIFY.
/// While the listener is down nothing is trusted from memory and every caller asks the database.
/// </summary>
public sealed class DataVersions(Database database)
{
    public const string Channel = "epm_data_version";

    private readonly ConcurrentDictionary<Guid, long> _known = new();
    private volatile bool _listening;

    /// <summary>Raises the version inside the session's transaction; other hosts hear of it when that commits.</summary>
    public static async Task<long> RaiseAsync(TenantSession session, CancellationToken ct)
    {
        await using var raise = session.Command("""
            INSERT INTO platform.data_version AS v (tenant_id, version) VALUES ($1, 1)
            ON CONFLICT (tenant_id) DO UPDATE SET version = v.version + 1 RETURNING version
            """);
        raise.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        var version = (long)(await raise.ExecuteScalarAsync(ct))!;
        await using var tell = session.Command("SELECT pg_notify($1, $2)");
        tell.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
        tell.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{session.TenantId}:{version}" });
        await tell.ExecuteNonQueryAsync(ct);
        return version;
    }

    /// <summary>Makes a committed version known in this process.</summary>
    public void Learn(Guid tenant, long version) =>
        _known.AddOrUpdate(tenant, version, (_, known) => Math.Max(known, version));

    public async ValueTask<long> CurrentAsync(Guid tenant, CancellationToken ct)
    {
        if (_listening && _known.TryGetValue(tenant, out var known))
            return known;
        var version = await database.ReadAsync(connection => ReadAsync(connection, tenant, ct), ct);
        Learn(tenant, version);
        return version;
    }

    private static async Task<long> ReadAsync(NpgsqlConnection connection, Guid tenant, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(TenantSession.BindTenantReadOnly) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } } },
                new("SELECT coalesce((SELECT version FROM platform.data_version), 0)"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt64(0);
    }

    internal void Hear(string payload)
    {
        var parts = payload.Split(':');
        if (parts.Length == 2 && Guid.TryParse(parts[0], out var tenant) && long.TryParse(parts[1], out var version))
            Learn(tenant, version);
    }

    internal void Listening(bool listening)
    {
        // Whatever was said while nobody listened is unknown: forget, and learn again.
        if (!listening)
            _listening = false;
        _known.Clear();
        if (listening)
            _listening = true;
    }
}
