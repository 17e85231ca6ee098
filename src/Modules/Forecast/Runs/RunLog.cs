using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Forecast.Runs;

/// <summary>Reads and writes the rows that tell of a run. A batch is told of in the transaction that writes its forecasts.</summary>
internal static class RunLog
{
    public static async Task<RunRecord?> LoadAsync(TenantSession session, Guid id, CancellationToken ct)
    {
        await using var select = Command(session, id, "SELECT kind, state, nightly, skus, stores, planned FROM forecast.run WHERE tenant_id = $1 AND run_id = $2 FOR UPDATE");
        await using var reader = await select.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new RunRecord(id, reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), Codes(reader, 3), Codes(reader, 4), reader.GetBoolean(5))
            : null;
    }

    public static async Task InsertAsync(
        TenantSession session, Guid id, string kind, bool nightly, string[]? skus, string[]? stores, string? by, DateTimeOffset now, CancellationToken ct)
    {
        await using var insert = Command(session, id, """
            INSERT INTO forecast.run (tenant_id, run_id, kind, state, nightly, skus, stores, requested_by, created_at) VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8)
            """);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        insert.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = nightly });
        insert.Parameters.Add(new NpgsqlParameter<string[]?> { TypedValue = skus });
        insert.Parameters.Add(new NpgsqlParameter<string[]?> { TypedValue = stores });
        insert.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = by });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await insert.ExecuteNonQueryAsync(ct);
    }

    public static async Task StartAsync(TenantSession session, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var start = Command(session, id, "UPDATE forecast.run SET state = 'running', started_at = coalesce(started_at, $3) WHERE tenant_id = $1 AND run_id = $2");
        start.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await start.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Keeps what the run is going to do: whoever takes it up again goes on with the same plan.</summary>
    public static async Task PlanAsync(TenantSession session, Guid id, RunPlan plan, CancellationToken ct)
    {
        foreach (var batch in plan.Batches)
        {
            await using var insert = Command(session, id, "INSERT INTO forecast.run_batch (tenant_id, run_id, batch_no, store_no, retrain, products) VALUES ($1, $2, $3, $4, $5, $6)");
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = batch.Number });
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = batch.StoreNo });
            insert.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = batch.Retrain });
            insert.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = batch.ProductNos });
            await insert.ExecuteNonQueryAsync(ct);
        }
        await using var planned = Command(session, id, "UPDATE forecast.run SET planned = true, series = $3, as_of = $4, sales_mark = $5, known_print = $6 WHERE tenant_id = $1 AND run_id = $2");
        planned.Parameters.Add(new NpgsqlParameter<int> { TypedValue = plan.Batches.Sum(batch => batch.ProductNos.Length) });
        planned.Parameters.Add(new NpgsqlParameter<DateOnly?> { TypedValue = plan.AsOf });
        planned.Parameters.Add(new NpgsqlParameter<long> { TypedValue = plan.Mark });
        planned.Parameters.Add(new NpgsqlParameter<long> { TypedValue = plan.KnownPrint });
        await planned.ExecuteNonQueryAsync(ct);
    }

    /// <returns>The first batch that is still to be done, or null.</returns>
    public static async Task<RunBatch?> NextAsync(TenantSession session, Guid id, int after, CancellationToken ct) => await session.ReadAsync(
        """
        SELECT batch_no, store_no, retrain, products, (SELECT coalesce(sum(cardinality(d.products)), 0)::int FROM forecast.run_batch d WHERE d.tenant_id = $1 AND d.run_id = $2 AND d.done_at IS NOT NULL)
        FROM forecast.run_batch b WHERE b.tenant_id = $1 AND b.run_id = $2 AND b.done_at IS NULL AND b.batch_no > $3 ORDER BY b.batch_no LIMIT 1
        """,
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<int> { TypedValue = after }],
        async reader => await reader.ReadAsync(ct)
            ? new RunBatch(reader.GetInt32(0), reader.GetInt32(1), reader.GetBoolean(2), reader.GetFieldValue<int[]>(3), reader.GetInt32(4))
            : null, ct);

    /// <summary>Marks a batch as done, once.</summary>
    public static async Task BatchDoneAsync(TenantSession session, Guid id, RunBatch batch, BatchOutcome outcome, DateTimeOffset now, CancellationToken ct)
    {
        await using var done = Command(session, id, """
            WITH this AS (UPDATE forecast.run_batch SET done_at = $4, fitted = $5, fit_ms = $6 WHERE tenant_id = $1 AND run_id = $2 AND batch_no = $3 AND done_at IS NULL RETURNING cardinality(products) AS cells)
            UPDATE forecast.run r SET done = least(series, (SELECT coalesce(sum(cardinality(b.products)), 0) FROM forecast.run_batch b
                WHERE b.tenant_id = $1 AND b.run_id = $2 AND b.done_at IS NOT NULL) + this.cells), refitted = refitted + $5, failed = failed + $7
            FROM this WHERE r.tenant_id = $1 AND r.run_id = $2
            """);
        done.Parameters.Add(new NpgsqlParameter<int> { TypedValue = batch.Number });
        done.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        done.Parameters.Add(new NpgsqlParameter<int> { TypedValue = outcome.Fitted });
        done.Parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)outcome.Milliseconds });
        done.Parameters.Add(new NpgsqlParameter<int> { TypedValue = outcome.Failed });
        if (await done.ExecuteNonQueryAsync(ct) != 1)
            throw new InvalidOperationException("Another worker has done this batch.");
    }

    /// <summary>Tells how far a batch under way has come; the figure is made exact when it is done.</summary>
    public static async Task ProgressAsync(TenantSession session, Guid id, int done, CancellationToken ct)
    {
        await using var progress = Command(session, id, "UPDATE forecast.run SET done = greatest(done, least(series, $3)) WHERE tenant_id = $1 AND run_id = $2");
        progress.Parameters.Add(new NpgsqlParameter<int> { TypedValue = done });
        await progress.ExecuteNonQueryAsync(ct);
    }

    public static Task<bool> IsCancelledAsync(TenantSession session, Guid id, CancellationToken ct) => session.ReadAsync(
        "SELECT cancel_asked FROM forecast.run WHERE tenant_id = $1 AND run_id = $2",
        [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = id }],
        async reader => await reader.ReadAsync(ct) && reader.GetBoolean(0), ct);

    /// <returns>How many series it went over.</returns>
    public static async Task<int> EndAsync(TenantSession session, Guid id, string state, string? failure, DateTimeOffset now, CancellationToken ct)
    {
        await using var end = Command(session, id, "UPDATE forecast.run SET state = $3, failure_code = $4, finished_at = $5 WHERE tenant_id = $1 AND run_id = $2 RETURNING done");
        end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = state });
        end.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = failure });
        end.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return (int)(await end.ExecuteScalarAsync(ct))!;
    }

    private static NpgsqlCommand Command(TenantSession session, Guid id, string sql)
    {
        var command = session.Command(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return command;
    }

    private static string[]? Codes(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<string[]>(column);
}
