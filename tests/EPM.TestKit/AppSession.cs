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
    /// <returns>The SQLSTATE it failed with, or null and the rows it touched.</returns>
    public async Task<(string? State, int Rows)> TryAsync(string sql, params object[] parameters)
    {
        await ExecuteAsync("SAVEPOINT attempt");
        try
        {
            return (null, await ExecuteAsync(sql, parameters));
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

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}
