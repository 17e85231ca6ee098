using Npgsql;

namespace EPM.TestKit;

/// <summary>What somebody could do who got hold of the application's own database role: a transaction of it, rolled back at the end.</summary>
public sealed class AppSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private AppSession(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    internal static async Task<AppSession> OpenAsync(string connectionString, string? tenant)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var session = new AppSession(connection, await connection.BeginTransactionAsync());
        if (tenant is not null)
            await session.ScalarAsync<string>("SELECT set_config('app.tenant', $1, true)", tenant);
        return session;
    }

    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs the statement and undoes it.</summary>
    /// <returns>The SQLSTATE it failed with, or null and the rows it returned or touched.</returns>
    public Task<(string? State, int Rows)> TryAsync(string sql, params object[] parameters) => AttemptAsync(async () =>
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var returned = 0;
        while (await reader.ReadAsync())
            returned++;
        await reader.CloseAsync();
        return Math.Max(returned, reader.RecordsAffected);
    });

    /// <summary>Copies a table out, as a bulk export would.</summary>
    /// <returns>The SQLSTATE it failed with, or null and the lines that contain the text.</returns>
    public Task<(string? State, int Rows)> TryCopyAsync(string table, string text) => AttemptAsync(async () =>
    {
        using var export = await _connection.BeginTextExportAsync($"COPY {table} TO STDOUT");
        var found = 0;
        while (await export.ReadLineAsync() is { } line)
            found += line.Contains(text, StringComparison.Ordinal) ? 1 : 0;
        return found;
    });

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<(string? State, int Rows)> AttemptAsync(Func<Task<int>> attempt)
    {
        await ExecuteAsync("SAVEPOINT attempt");
        try
        {
            return (null, await attempt());
        }
        catch (PostgresException failure)
        {
            return (failure.SqlState, 0);
        }
        finally
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT attempt");
        }
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}
