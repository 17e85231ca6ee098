using Npgsql;

namespace EPM.Platform.Backup;

/// <summary>One connection of the administrator, whose work may take as long as it takes.</summary>
internal sealed class AdminSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private AdminSession(NpgsqlConnection connection) => _connection = connection;

    public NpgsqlConnection Connection => _connection;

    public static async Task<AdminSession> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0, ApplicationName = "epm backup" }.ConnectionString);
        await connection.OpenAsync(ct);
        return new AdminSession(connection);
    }

    public async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values)
    {
        var rows = new List<T>();
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a script of the shell on the server, as the server's own account.</summary>
    /// <returns>The lines it printed.</returns>
    public async Task<IReadOnlyList<string>> ShellAsync(string script, CancellationToken ct)
    {
        await ExecuteAsync("CREATE TEMP TABLE IF NOT EXISTS said (line text); TRUNCATE said", ct);
        await ExecuteAsync($"COPY said FROM PROGRAM '{script.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')", ct);
        return await ListAsync("SELECT line FROM said", reader => reader.GetString(0), ct);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
