using System.Text.Json;
using EPM.Platform.Audit;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Imports.Applying;
using EPM.Sales.Imports.Reading;
using Npgsql;

namespace EPM.Sales.Imports.Running;

/// <summary>Reads and writes the rows that tell of an import. Progress goes into the transaction of the lines it tells of.</summary>
internal static class ImportLog
{
    public static async Task<ImportRecord?> LoadAsync(TenantSession session, Guid id, CancellationToken ct)
    {
        await using var select = session.Command("""
            SELECT import_no, kind, mode, dry_run, layout, scope, state, cancel_asked, last_line FROM sales.import WHERE tenant_id = $1 AND import_id = $2
            """);
        Bind(select, session, id);
        await using var reader = await select.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new ImportRecord(id, reader.GetInt32(0), reader.GetString(1), reader.GetString(2) == "atomic", reader.GetBoolean(3),
                JsonSerializer.Deserialize<Layout>(reader.GetString(4), JsonSerializerOptions.Web)!,
                JsonSerializer.Deserialize<DataScope>(reader.GetString(5), JsonSerializerOptions.Web)!,
                reader.GetString(6), reader.GetBoolean(7), reader.GetInt64(8))
            : null;
    }

    /// <summary>Starts an import, or starts it again from its last committed line.</summary>
    /// <param name="fromZero">True when nothing of an earlier attempt was kept: its counters and errors are told anew.</param>
    public static async Task StartAsync(TenantSession session, Guid id, bool fromZero, DateTimeOffset now, CancellationToken ct)
    {
        await using var start = session.Command(fromZero
            ? """
              UPDATE sales.import SET state = 'running', started_at = coalesce(started_at, $3), read = 0, added = 0, updated = 0, unchanged = 0, rejected = 0,
                done_bytes = 0, effect_stores = '{}', effect_revenue = 0 WHERE tenant_id = $1 AND import_id = $2
              """
            : "UPDATE sales.import SET state = 'running', started_at = coalesce(started_at, $3) WHERE tenant_id = $1 AND import_id = $2");
        Bind(start, session, id);
        start.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await start.ExecuteNonQueryAsync(ct);
        if (!fromZero)
            return;
        await using var forget = session.Command("DELETE FROM sales.import_error WHERE tenant_id = $1 AND import_id = $2");
        Bind(forget, session, id);
        await forget.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Adds a step to the counters.</summary>
    /// <param name="expectedLine">The last line this worker knows of: another worker having gone further stops this one.</param>
    public static async Task ProgressAsync(TenantSession session, Guid id, ImportStep step, long? expectedLine, CancellationToken ct)
    {
        await WriteErrorsAsync(session, id, step.Rejected, ct);
        await using var progress = session.Command("""
            UPDATE sales.import SET read = read + $3, added = added + $4, updated = updated + $5, unchanged = unchanged + $6, rejected = rejected + $7,
              done_bytes = $8, last_line = coalesce($9, last_line), effect_revenue = effect_revenue + $10,
              effect_from = least(effect_from, $11), effect_to = greatest(effect_to, $12),
              effect_stores = ARRAY(SELECT DISTINCT unnest(effect_stores || $13) ORDER BY 1)
            WHERE tenant_id = $1 AND import_id = $2 AND ($14::bigint IS NULL OR last_line = $14)
            """);
        Bind(progress, session, id);
        foreach (var count in new[] { step.Read, step.Added, step.Updated, step.Unchanged, step.Rejected.Count, step.DoneBytes })
            progress.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        progress.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = expectedLine is null ? null : step.LastLine });
        progress.Parameters.Add(new NpgsqlParameter<long> { TypedValue = step.Revenue });
        progress.Parameters.Add(new NpgsqlParameter<DateOnly?> { TypedValue = step.From });
        progress.Parameters.Add(new NpgsqlParameter<DateOnly?> { TypedValue = step.To });
        progress.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. step.Stores] });
        progress.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = expectedLine });
        if (await progress.ExecuteNonQueryAsync(ct) != 1)
            throw new InvalidOperationException("Another worker has taken this import further.");
    }

    /// <summary>Ends an import and lets its file go.</summary>
    public static async Task EndAsync(TenantSession session, AuditTrail audit, Guid id, string state, string? failure, DateTimeOffset now, CancellationToken ct)
    {
        await using var end = session.Command(
            """
            UPDATE sales.import SET state = $3, failure_code = $4, finished_at = $5, done_bytes = total_bytes WHERE tenant_id = $1 AND import_id = $2
            RETURNING import_no, read, added, updated, unchanged, rejected
            """);
        Bind(end, session, id);
        end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = state });
        end.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = failure });
        end.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using (var reader = await end.ExecuteReaderAsync(ct))
        {
            if (await reader.ReadAsync(ct))
                Tell(audit, session, state, failure, reader);
        }
        await using var drop = session.Command("DELETE FROM sales.import_chunk WHERE tenant_id = $1 AND import_id = $2");
        Bind(drop, session, id);
        await drop.ExecuteNonQueryAsync(ct);
    }

    private static void Tell(AuditTrail audit, TenantSession session, string state, string? failure, NpgsqlDataReader reader) => audit.RecordIn(
        session,
        state switch { ImportStates.Completed => "import.completed", ImportStates.Cancelled => "import.cancelled", _ => "import.failed" },
        $"import/{reader.GetInt32(0)}",
        after: new
        {
            Read = reader.GetInt64(1),
            Added = reader.GetInt64(2),
            Updated = reader.GetInt64(3),
            Unchanged = reader.GetInt64(4),
            Rejected = reader.GetInt64(5),
            Failure = failure,
        });

    public static async Task<bool> IsCancelledAsync(TenantSession session, Guid id, CancellationToken ct)
    {
        await using var ask = session.Command("SELECT cancel_asked FROM sales.import WHERE tenant_id = $1 AND import_id = $2");
        Bind(ask, session, id);
        return await ask.ExecuteScalarAsync(ct) is true;
    }

    private static async Task WriteErrorsAsync(TenantSession session, Guid id, List<RejectedLine> rejected, CancellationToken ct)
    {
        if (rejected.Count == 0)
            return;
        var errors = rejected.SelectMany(line => line.Errors.Select((error, i) => (Line: line, Error: error, No: i))).ToArray();
        await new BulkInsert(session, "sales.import_error")
            .Constant("import_id", id)
            .Column("file_line", "bigint", Array.ConvertAll(errors, e => e.Line.FileLine))
            .Column("error_no", "int", Array.ConvertAll(errors, e => e.No))
            .Column("field", "text", Array.ConvertAll(errors, e => e.Error.Column))
            .Column("code", "text", Array.ConvertAll(errors, e => e.Error.Code))
            .Column("value", "text", Array.ConvertAll(errors, e => e.Error.Value))
            .Column("content", "text", Array.ConvertAll(errors, e => e.Line.Content))
            .RunAsync(ct);
    }

    private static void Bind(NpgsqlCommand command, TenantSession session, Guid id)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
    }
}
