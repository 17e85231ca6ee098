using EPM.Platform.Http;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Platform.TenantCopies;

/// <summary>
/// Puts the rows of a file in the place of a chain's own, inside that chain's transaction and behind its wall. Rows are copied aside
/// first, which takes nearly all the time and holds nothing (and which Postgres allows, where copying into a walled table it does not).
/// </summary>
internal sealed class TenantRows(TenantSession session, IReadOnlyList<TenantTable> tables, TenantFile file, bool wasDeleted)
{
    private const string Stage = "pg_temp.restored_";

    private IEnumerable<TenantTable> Written => tables.Where(table => table.Restoring == Restoring.Replaced || (wasDeleted && table.Restoring == Restoring.Appended));

    public async Task ReplaceAsync(CancellationToken ct)
    {
        foreach (var table in Written)
            await StageAsync(table, ct);
        // The queues, which hosts look into all the time, for the shortest time.
        await ReplaceAsync(Written.Where(table => !table.IsQueue), tables.Where(table => table.Restoring == Restoring.Emptied), ct);
        foreach (var table in tables.Where(table => table.Restoring == Restoring.Raised))
            await ExecuteAsync($"UPDATE {table.Name} SET version = version + 1 WHERE {table.Key} = $1", ct);
        await ReplaceAsync(Written.Where(table => table.IsQueue), [], ct);
        // Whoever was at work on a job was so on other rows.
        await ExecuteAsync("UPDATE platform.job SET worker = NULL, leased_until = NULL, attempts = 0 WHERE tenant = $1", ct);
    }

    private async Task ReplaceAsync(IEnumerable<TenantTable> written, IEnumerable<TenantTable> emptied, CancellationToken ct)
    {
        var filled = written.ToArray();
        foreach (var table in tables.Intersect(filled.Concat(emptied)).Where(table => table.Restoring != Restoring.Appended).Reverse())
            await ExecuteAsync($"DELETE FROM {table.Name} WHERE {table.Key} = $1", ct);
        foreach (var table in filled)
            await FillAsync(table, ct);
    }

    private async Task StageAsync(TenantTable table, CancellationToken ct)
    {
        await using (var make = session.Command($"CREATE TEMP TABLE {StageOf(table)} ON COMMIT DROP AS SELECT {table.ColumnList} FROM {table.Name} WITH NO DATA"))
            await make.ExecuteNonQueryAsync(ct);
        var rows = await session.Connection.BeginTextImportAsync($"COPY {StageOf(table)} ({table.ColumnList}) FROM STDIN (FORMAT csv, HEADER match)", ct);
        try
        {
            await file.CopyAsync(InFile(table), rows.BaseStream, ct);
        }
        catch
        {
            await rows.CancelAsync();
            throw;
        }
        await rows.DisposeAsync();
    }

    private async Task FillAsync(TenantTable table, CancellationToken ct)
    {
        var filled = await ExecuteAsync($"INSERT INTO {table.Name} ({table.ColumnList}) SELECT {table.ColumnList} FROM {StageOf(table)} WHERE {table.Key} = $1", ct);
        if (filled != InFile(table).Rows)
            throw new Conflict("tenant_rows_lost", ("table", table.Name), ("rows", InFile(table).Rows), ("filled", filled));
    }

    private TableInFile InFile(TenantTable table) => file.Manifest.Tables.Single(inFile => inFile.Name == table.Name);

    private static string StageOf(TenantTable table) => Stage + table.Name.Replace('.', '_');

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = session.Command(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
