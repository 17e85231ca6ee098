using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Messaging;

/// <summary>A fact that waits, as a dispatcher sees it from outside the tenant.</summary>
public sealed record Waiting(long Number, Guid Tenant, string Slug);

/// <summary>A fact that this unit of work holds.</summary>
internal sealed record Claimed(Guid FactId, string Kind, string Body, int Attempts);

/// <summary>What waits to be delivered: looked for across tenants, held and removed inside the tenant's own unit of work.</summary>
public sealed class Deliveries(Database database)
{
    private readonly Waking _waking = new();

    /// <summary>Wakes this host's dispatcher.</summary>
    public void Signal() => _waking.Signal();

    internal Task SleepAsync(TimeProvider time, CancellationToken stopping) => _waking.SleepAsync(time, stopping);

    /// <summary>The first of each subject that is due; whoever waits behind one that failed waits with it.</summary>
    internal async Task<IReadOnlyList<Waiting>> DueAsync(string[] kinds, int most, CancellationToken ct)
    {
        var due = new List<Waiting>();
        await using var look = database.Loops.CreateCommand("""
            SELECT delivery_no, tenant, slug FROM platform.delivery d
            WHERE NOT dead AND due_at <= clock_timestamp() AND kind = ANY ($1)
              AND NOT EXISTS (SELECT FROM platform.delivery e WHERE e.stream = d.stream AND e.delivery_no < d.delivery_no AND NOT e.dead)
            ORDER BY delivery_no LIMIT $2
            """);
        look.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = kinds });
        look.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await look.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add(new Waiting(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2)));
        return due;
    }

    /// <summary>Takes a fact for the length of the session's transaction, and who has reacted to it already.</summary>
    /// <returns>Null when another has it, or it is done.</returns>
    internal static async Task<(Claimed Fact, HashSet<string> Done)?> ClaimAsync(TenantSession session, long number, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        batch.BatchCommands.Add(new("""
            SELECT f.fact_id, f.kind, f.body, d.attempts FROM platform.delivery d JOIN platform.fact f ON f.tenant_id = d.tenant AND f.fact_id = d.fact_id
            WHERE d.delivery_no = $1 AND d.tenant = $2 AND NOT d.dead FOR UPDATE OF d SKIP LOCKED
            """)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = number }, new NpgsqlParameter<Guid> { TypedValue = session.TenantId } },
        });
        // A statement of its own, behind the lock: it sees what the one who held the fact before has written.
        batch.BatchCommands.Add(new("SELECT i.consumer FROM platform.delivery d JOIN platform.inbox i ON i.tenant_id = d.tenant AND i.fact_id = d.fact_id WHERE d.delivery_no = $1")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = number } },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var fact = new Claimed(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3));
        var done = new HashSet<string>(StringComparer.Ordinal);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            done.Add(reader.GetString(0));
        return (fact, done);
    }

    /// <summary>Notes that a consumer has reacted, in the transaction of what it did; the last one removes the fact and all that was noted.</summary>
    internal static async Task DoneAsync(TenantSession session, long number, Guid fact, string? consumer, bool last, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        if (consumer is not null)
            Add("INSERT INTO platform.inbox (tenant_id, fact_id, consumer) VALUES ($1, $2, $3)", new NpgsqlParameter<string> { TypedValue = consumer });
        if (last)
        {
            Add("DELETE FROM platform.inbox WHERE tenant_id = $1 AND fact_id = $2");
            Add("DELETE FROM platform.fact WHERE tenant_id = $1 AND fact_id = $2");
            Add("DELETE FROM platform.delivery WHERE tenant = $1 AND fact_id = $2 AND delivery_no = $3", new NpgsqlParameter<long> { TypedValue = number });
        }
        await batch.ExecuteNonQueryAsync(ct);

        void Add(string sql, NpgsqlParameter? third = null)
        {
            var command = new NpgsqlBatchCommand(sql)
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = fact } },
            };
            if (third is not null)
                command.Parameters.Add(third);
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Puts a fact off for a pause, or for good, with the reason kept where the tenant's data is.</summary>
    internal static async Task PutOffAsync(TenantSession session, long number, Guid fact, TimeSpan pause, bool dead, string reason, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        batch.BatchCommands.Add(new("UPDATE platform.delivery SET attempts = attempts + 1, due_at = clock_timestamp() + $3, dead = $4 WHERE delivery_no = $1 AND tenant = $2")
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = number }, new NpgsqlParameter<Guid> { TypedValue = session.TenantId },
                new NpgsqlParameter<TimeSpan> { TypedValue = pause }, new NpgsqlParameter<bool> { TypedValue = dead },
            },
        });
        batch.BatchCommands.Add(new("UPDATE platform.fact SET failure = $3 WHERE tenant_id = $1 AND fact_id = $2")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = fact }, new NpgsqlParameter<string> { TypedValue = reason },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Refuses a fact that names no known tenant: nobody's scope is entered for it.</summary>
    internal async Task RefuseAsync(long number, CancellationToken ct)
    {
        await using var refuse = database.Loops.CreateCommand("UPDATE platform.delivery SET dead = true WHERE delivery_no = $1");
        refuse.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        await refuse.ExecuteNonQueryAsync(ct);
    }
}
