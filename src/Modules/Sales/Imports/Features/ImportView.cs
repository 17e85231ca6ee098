using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Imports.Applying;
using EPM.Sales.Imports.Running;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Sales.Imports.Features;

/// <summary>An import as the API tells it.</summary>
internal sealed record ImportView(
    Guid Id, int Number, string Kind, string Mode, bool DryRun, string? Mapping, string? File, string State,
    long Read, long Added, long Updated, long Unchanged, long Rejected, long Bytes, long TotalBytes, double RowsPerSecond,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string CreatedBy, ImportFailure? Failure, ImportEffect? Effect);

internal sealed record ImportFailure(string Code, string Message);

/// <summary>What an import changed: business dates, stores, and revenue with tax.</summary>
internal sealed record ImportEffect(DateOnly From, DateOnly To, IReadOnlyList<string> Stores, decimal Revenue);

/// <summary>Reads imports for showing them.</summary>
internal sealed class ImportViews(TenantSession session, CurrentCaller caller, Texts texts, TimeProvider time, IStoreDirectory stores)
{
    private const string Columns = """
        import_id, import_no, kind, mode, dry_run, mapping, file_name, state, read, added, updated, unchanged, rejected, done_bytes, total_bytes,
        created_at, started_at, finished_at, created_by, failure_code, effect_from, effect_to, effect_stores, effect_revenue
        """;

    public async Task<ImportView?> FindAsync(Guid id, CancellationToken ct) =>
        (await ReadAsync("import_id = $2", [new NpgsqlParameter<Guid> { TypedValue = id }], ct)).FirstOrDefault();

    public Task<IReadOnlyList<ImportView>> PageAsync(int page, int size, CancellationToken ct) =>
        ReadAsync("true ORDER BY import_no DESC LIMIT $2 OFFSET $3",
            [new NpgsqlParameter<int> { TypedValue = size }, new NpgsqlParameter<int> { TypedValue = (page - 1) * size }], ct);

    private async Task<IReadOnlyList<ImportView>> ReadAsync(string where, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken ct)
    {
        var read = await session.ReadAsync($"SELECT {Columns} FROM sales.import WHERE tenant_id = $1 AND {where}",
            [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, .. parameters], async reader =>
            {
                var rows = new List<(ImportView View, int[] Stores)>();
                while (await reader.ReadAsync(ct))
                    rows.Add((View(reader), reader.GetFieldValue<int[]>(22)));
                return rows;
            }, ct);
        // Asked after the rows: an import that ended in between may have opened stores of its own.
        var visible = (await stores.AllAsync(ct)).VisibleTo(caller.Value.Scope).ToDictionary(store => store.StoreNo, store => store.Code);
        return [.. read.Select(row => row.View with { Effect = Seen(row.View.Effect, row.Stores, visible) })];
    }

    private ImportView View(NpgsqlDataReader row)
    {
        var read = row.GetInt64(8);
        var started = row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset?>(16);
        var finished = row.IsDBNull(17) ? null : row.GetFieldValue<DateTimeOffset?>(17);
        var seconds = started is null ? 0 : ((finished ?? time.GetUtcNow()) - started.Value).TotalSeconds;
        var failure = row.IsDBNull(19) ? null : row.GetString(19);
        return new ImportView(
            row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), Text(row, 5), Text(row, 6), row.GetString(7),
            read, row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14),
            seconds > 0 ? Math.Round(read / seconds) : 0, row.GetFieldValue<DateTimeOffset>(15), started, finished, row.GetString(18),
            failure is null ? null : new ImportFailure(failure, texts.Say(caller.Value.Language, failure)), Effect(row));
    }

    private static ImportEffect? Effect(NpgsqlDataReader row) => row.IsDBNull(20)
        ? null
        : new ImportEffect(row.GetFieldValue<DateOnly>(20), row.GetFieldValue<DateOnly>(21), [], Amount.ToDecimal(row.GetInt64(23)));

    // An effect that reaches beyond the caller's stores would tell of them by its sum.
    private static ImportEffect? Seen(ImportEffect? effect, int[] stores, Dictionary<int, string> visible) =>
        effect is null || !stores.All(visible.ContainsKey) ? null : effect with { Stores = [.. stores.Select(no => visible[no])] };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static bool IsOver(ImportView import) => ImportStates.IsFinal(import.State);
}
