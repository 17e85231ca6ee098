using EPM.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace EPM.Platform.Audit;

/// <summary>Adds entries to a tenant's chain: each has the next number and the hash of the one before it.</summary>
public sealed class AuditChain(AuditKeys keys, AuditAnchors anchors)
{
    /// <summary>What the first entry has before it.</summary>
    public static readonly byte[] Nothing = new byte[32];

    /// <summary>Writes the entries behind the tenant's newest, whose row stays locked until the transaction ends: call it last.</summary>
    public async Task AppendAsync(TenantSession session, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var tenant = session.TenantId;
        var (number, previous) = await LockHeadAsync(session, ct) ?? await MakeHeadAsync(session, ct);
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        foreach (var entry in entries)
        {
            var hash = keys.Hash(tenant, ++number, entry, previous);
            batch.BatchCommands.Add(Insert(tenant, new ChainedEntry(number, entry, keys.CurrentId, previous, hash)));
            previous = hash;
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE platform.audit_head SET number = $2, hash = $3, at = $4 WHERE tenant_id = $1")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<long> { TypedValue = number },
                new NpgsqlParameter<byte[]> { TypedValue = previous }, new NpgsqlParameter<DateTimeOffset> { TypedValue = entries[^1].At },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
        session.AfterCommit(() => anchors.Note(new AuditAnchor(entries[^1].At, tenant, number, previous)));
    }

    private static async Task<(long Number, byte[] Hash)?> LockHeadAsync(TenantSession session, CancellationToken ct)
    {
        await using var command = session.Command("SELECT number, hash FROM platform.audit_head WHERE tenant_id = $1 FOR UPDATE");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    // Of two that find no head one makes it; the other waits for that one's commit, and then finds it.
    private static async Task<(long Number, byte[] Hash)> MakeHeadAsync(TenantSession session, CancellationToken ct)
    {
        await using (var command = session.Command("INSERT INTO platform.audit_head (tenant_id, number, hash, at) VALUES ($1, 0, $2, 'epoch') ON CONFLICT DO NOTHING"))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Nothing });
            await command.ExecuteNonQueryAsync(ct);
        }
        return await LockHeadAsync(session, ct) ?? throw new InvalidOperationException("The audit trail has no head for this tenant.");
    }

    private static NpgsqlBatchCommand Insert(Guid tenant, ChainedEntry chained)
    {
        var entry = chained.Entry;
        return new NpgsqlBatchCommand("""
            INSERT INTO platform.audit_entry (tenant_id, number, at, user_id, user_name, user_email, via, action, subject, before, after, address, agent, key_id, previous, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<long> { TypedValue = chained.Number },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = entry.At }, new NpgsqlParameter<Guid?> { TypedValue = entry.UserId },
                new NpgsqlParameter<string?> { TypedValue = entry.UserName }, new NpgsqlParameter<string?> { TypedValue = entry.UserEmail },
                new NpgsqlParameter<string> { TypedValue = entry.Via }, new NpgsqlParameter<string> { TypedValue = entry.Action },
                new NpgsqlParameter<string?> { TypedValue = entry.Subject },
                new NpgsqlParameter<string?> { TypedValue = entry.Before, NpgsqlDbType = NpgsqlDbType.Json },
                new NpgsqlParameter<string?> { TypedValue = entry.After, NpgsqlDbType = NpgsqlDbType.Json },
                new NpgsqlParameter<string?> { TypedValue = entry.Address }, new NpgsqlParameter<string?> { TypedValue = entry.Agent },
                new NpgsqlParameter<string> { TypedValue = chained.KeyId },
                new NpgsqlParameter<byte[]> { TypedValue = chained.Previous }, new NpgsqlParameter<byte[]> { TypedValue = chained.Hash },
            },
        };
    }
}
