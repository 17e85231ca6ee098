using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.Messaging;

/// <summary>A fact whose turn it is.</summary>
/// <param name="Stream">A hash of its tenant and subject.</param>
internal sealed record Held(long Number, Guid FactId, long Stream, string Kind, string Body, int Attempts);

/// <summary>Facts in the hands of one unit of work: held by a lock that dies with its connection, and removed by its commit.</summary>
internal static class HeldFacts
{
    /// <summary>Facts of one subject that are taken at once, so that a talkative one does not wait a transaction for each.</summary>
    private const int OfASubject = 16;

    private static readonly string[] OtherWays = ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "enable_sort"];

    // What is first in line is locked; who is behind it is nobody else's until the first is gone. + 0: in the order of the numbers the
    // planner would look through all that waits for the few of one subject.
    private const string Take = """
        WITH first AS MATERIALIZED (
          SELECT d.stream FROM platform.delivery d
          WHERE d.tenant = $1 AND NOT d.dead AND d.due_at <= clock_timestamp() AND d.kind = ANY ($2)
            AND NOT EXISTS (SELECT FROM platform.delivery e WHERE e.stream = d.stream AND e.delivery_no < d.delivery_no AND NOT e.dead)
          ORDER BY d.delivery_no LIMIT $3 FOR UPDATE OF d SKIP LOCKED),
        line AS MATERIALIZED (
          SELECT behind.* FROM first CROSS JOIN LATERAL (
            SELECT d.delivery_no, d.fact_id, d.stream, d.kind, d.attempts FROM platform.delivery d
            WHERE d.stream = first.stream AND d.tenant = $1 AND NOT d.dead ORDER BY d.delivery_no + 0 LIMIT $4) behind)
        SELECT line.delivery_no, line.fact_id, line.stream, line.kind, f.body, line.attempts
        FROM line JOIN platform.fact f ON f.tenant_id = $1 AND f.fact_id = line.fact_id ORDER BY line.delivery_no
        """;

    /// <summary>Takes the first of so many subjects for the length of the session's transaction, and some of what stands behind each.</summary>
    /// <returns>In the order they were told in; and those among them that somebody has reacted to already.</returns>
    public static async Task<(List<Held> Facts, HashSet<Guid> Begun)> TakeAsync(TenantSession session, string[] kinds, int subjects, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        // The tables are empty at one moment and long at the next, and the planner's idea of them is a minute old: by indexes, in order,
        // is never ruinous (measured without: nothing delivered for 70 s, until the statistics were there).
        batch.BatchCommands.Add(new($"SELECT set_config('plan_cache_mode', 'force_custom_plan', true), {ByIndexes("off")}"));
        batch.BatchCommands.Add(new(Take)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<string[]> { TypedValue = kinds },
                new NpgsqlParameter<int> { TypedValue = subjects }, new NpgsqlParameter<int> { TypedValue = OfASubject },
            },
        });
        batch.BatchCommands.Add(new($"SELECT {ByIndexes("on")}"));
        // A statement of its own, behind the lock: it sees what the one who held a fact before has written. There is hardly ever a row.
        batch.BatchCommands.Add(new("SELECT fact_id FROM platform.inbox WHERE tenant_id = $1")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = session.TenantId } },
        });
        var facts = new List<Held>();
        var begun = new HashSet<Guid>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            facts.Add(new Held(reader.GetInt64(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetInt32(5)));
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            begun.Add(reader.GetGuid(0));
        return (facts, begun);
    }

    private static string ByIndexes(string others) =>
        string.Join(", ", OtherWays.Select(setting => $"set_config('{setting}', '{others}', true)"));

    /// <summary>Takes one fact for the length of the session's transaction, and who has reacted to it already.</summary>
    /// <returns>Null when another has it, or it is done.</returns>
    public static async Task<(Held Fact, HashSet<string> Done)?> TakeAsync(TenantSession session, long number, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        batch.BatchCommands.Add(new("""
            SELECT f.fact_id, d.stream, f.kind, f.body, d.attempts FROM platform.delivery d JOIN platform.fact f ON f.tenant_id = d.tenant AND f.fact_id = d.fact_id
            WHERE d.delivery_no = $1 AND d.tenant = $2 AND NOT d.dead FOR UPDATE OF d SKIP LOCKED
            """)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = number }, new NpgsqlParameter<Guid> { TypedValue = session.TenantId } },
        });
        // Behind the lock, for the same reason.
        batch.BatchCommands.Add(new("SELECT i.consumer FROM platform.delivery d JOIN platform.inbox i ON i.tenant_id = d.tenant AND i.fact_id = d.fact_id WHERE d.delivery_no = $1")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = number } },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var fact = new Held(number, reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4));
        var done = new HashSet<string>(StringComparer.Ordinal);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            done.Add(reader.GetString(0));
        return (fact, done);
    }

    /// <summary>Notes that a consumer has reacted, in the transaction of what it did.</summary>
    public static async Task NoteAsync(TenantSession session, Held fact, string consumer, CancellationToken ct)
    {
        await using var note = session.Command("INSERT INTO platform.inbox (tenant_id, fact_id, consumer) VALUES ($1, $2, $3)");
        note.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = fact.FactId }, new NpgsqlParameter<string> { TypedValue = consumer },
        });
        await note.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Removes facts in the transaction of the last reaction to each, and all that was noted of them.</summary>
    public static async Task RemoveAsync(TenantSession session, IReadOnlyCollection<Held> facts, CancellationToken ct)
    {
        Guid[] ids = [.. facts.Select(fact => fact.FactId)];
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        foreach (var sql in new[] { "DELETE FROM platform.inbox WHERE tenant_id = $1 AND fact_id = ANY ($2)", "DELETE FROM platform.fact WHERE tenant_id = $1 AND fact_id = ANY ($2)" })
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid[]> { TypedValue = ids } } });
        }
        batch.BatchCommands.Add(new("DELETE FROM platform.delivery WHERE delivery_no = ANY ($1)")
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. facts.Select(fact => fact.Number)] } },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Puts a fact off for a pause, or for good, with the reason kept where the tenant's data is. It is held by nobody at this moment: where
    /// another has failed with it meanwhile, that was put down already.
    /// </summary>
    public static async Task PutOffAsync(TenantSession session, Held fact, TimeSpan pause, bool dead, string reason, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection, session.Transaction);
        batch.BatchCommands.Add(new("UPDATE platform.delivery SET attempts = attempts + 1, due_at = clock_timestamp() + $3, dead = $4 WHERE delivery_no = $1 AND tenant = $2 AND attempts = $5")
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = fact.Number }, new NpgsqlParameter<Guid> { TypedValue = session.TenantId },
                new NpgsqlParameter<TimeSpan> { TypedValue = pause }, new NpgsqlParameter<bool> { TypedValue = dead }, new NpgsqlParameter<int> { TypedValue = fact.Attempts },
            },
        });
        batch.BatchCommands.Add(new("UPDATE platform.fact SET failure = $3 WHERE tenant_id = $1 AND fact_id = $2")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = fact.FactId }, new NpgsqlParameter<string> { TypedValue = reason },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
