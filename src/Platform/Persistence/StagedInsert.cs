namespace EPM.Platform.Persistence;

/// <summary>
/// Puts very many rows into a table behind row-level security: copied into a temporary table of the same shape, which Postgres allows,
/// and from there inserted in one statement, which the policy checks. About a third faster than arrays from ten thousand rows on.
/// </summary>
public static class StagedInsert
{
    /// <param name="columns">Columns in the order the rows are encoded.</param>
    /// <param name="encode">Writes one row, by its index, fields in the order of the columns.</param>
    /// <param name="onConflict">What to do with rows that exist; the target is named r.</param>
    public static async Task RunAsync(
        TenantSession session, string table, IReadOnlyList<string> columns, int rows, Action<CopyWriter, int> encode, CancellationToken ct, string onConflict = "")
    {
        if (rows == 0)
            return;
        var stage = "staged_" + table.Replace('.', '_');
        var list = string.Join(", ", columns);
        await using (var create = session.Command($"CREATE TEMP TABLE IF NOT EXISTS {stage} (LIKE {table}) ON COMMIT DROP; TRUNCATE {stage}"))
            await create.ExecuteNonQueryAsync(ct);
        await using (var copy = await CopyWriter.BeginAsync(session.Connection, $"COPY {stage} ({list}) FROM STDIN (FORMAT BINARY)", ct))
        {
            for (var row = 0; row < rows; row++)
            {
                if (copy.IsFull)
                    await copy.FlushAsync(ct);
                copy.Row((short)columns.Count);
                encode(copy, row);
            }
            await copy.CompleteAsync(ct);
        }
        await using var insert = session.Command($"INSERT INTO {table} AS r ({list}) SELECT {list} FROM {stage} {onConflict}");
        await insert.ExecuteNonQueryAsync(ct);
    }
}
