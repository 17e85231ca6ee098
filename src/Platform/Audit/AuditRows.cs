using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Audit;

/// <summary>Reads entries as they are stored.</summary>
public static class AuditRows
{
    /// <param name="condition">What follows the tenant's own condition, whose parameter is the first.</param>
    public static Task<IReadOnlyList<ChainedEntry>> ReadAsync(TenantSession session, string condition, IEnumerable<NpgsqlParameter> parameters, CancellationToken ct) =>
        session.ReadAsync($"""
            SELECT number, at, user_id, user_name, user_email, via, action, subject, before, after, address, agent, key_id, previous, hash
            FROM platform.audit_entry WHERE tenant_id = $1 AND {condition}
            """,
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, .. parameters],
            async reader =>
            {
                var entries = new List<ChainedEntry>();
                while (await reader.ReadAsync(ct))
                    entries.Add(Read(reader));
                return (IReadOnlyList<ChainedEntry>)entries;
            }, ct);

    private static ChainedEntry Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        new AuditEntry(reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), Text(reader, 3), Text(reader, 4),
            reader.GetString(5), reader.GetString(6), Text(reader, 7), Text(reader, 8), Text(reader, 9), Text(reader, 10), Text(reader, 11)),
        reader.GetString(12), reader.GetFieldValue<byte[]>(13), reader.GetFieldValue<byte[]>(14));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
