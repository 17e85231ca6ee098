using EPM.TestKit;
using Npgsql;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>
/// Kills the application's connection inside its own transaction: a trigger on every table an import or a forecast run writes counts the statements, and
/// terminates the backend of the chosen ones. The count is a sequence, which no roll-back takes back.
/// </summary>
internal static class Interruptions
{
    private static readonly string[] Tables =
    [
        "sales.line", "sales.day_category", "sales.month_category", "sales.day_product", "sales.day_hour", "sales.import", "sales.import_chunk",
        "forecast.run", "forecast.run_batch", "forecast.cell", "forecast.prediction", "forecast.backtest",
    ];

    public static async Task ArmAsync(this EpmHost host, params int[] at)
    {
        await host.AsAdminAsync($"""
            CREATE SEQUENCE IF NOT EXISTS public.statements;
            GRANT USAGE ON SEQUENCE public.statements TO epm_app;
            ALTER SEQUENCE public.statements RESTART;
            CREATE OR REPLACE FUNCTION public.interrupt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              IF nextval('public.statements') IN ({string.Join(", ", at.Prepend(-1))}) THEN
                PERFORM pg_terminate_backend(pg_backend_pid());
              END IF;
              RETURN NULL;
            END $$;
            {string.Concat(Tables.Select(table => $"CREATE OR REPLACE TRIGGER interrupted AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION public.interrupt();\n"))}
            """);
    }

    /// <summary>Runs SQL as the administrator, past every wall.</summary>
    public static async Task<object?> AsAdminAsync(this EpmHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(host.Connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Completes once some transaction of the database that changes figures has committed.</summary>
    public static async Task<Task> NextCommitAsync(this EpmHost host, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(host.Connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand("LISTEN epm_data_version", connection))
            await listen.ExecuteNonQueryAsync(ct);
        return WaitAsync();

        async Task WaitAsync()
        {
            await using (connection)
                await connection.WaitAsync(ct);
        }
    }
}
