using System.Security.Cryptography;
using EPM.Platform.Modules;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>Applies <c>db/migrations/&lt;module&gt;/V0001__what.sql</c> in module order, once each, under an advisory lock, and refuses edited ones.</summary>
public sealed class Migrator(EpmSettings settings, IEnumerable<IModule> modules, TimeProvider time)
{
    private const long LockKey = 0x45504D_4D494752;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "migrations");

    /// <summary>Number of migrations this build brings; readiness compares it with the database.</summary>
    public int Known => Scripts().Count();

    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="InvalidOperationException">A migration that ran before was edited since.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(settings.AdminConnection);
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", ct);
        await ExecuteAsync(connection, Bootstrap(), ct);
        var done = await AppliedAsync(connection, ct);
        var applied = 0;
        foreach (var script in Scripts())
        {
            var sql = await File.ReadAllTextAsync(script.Path, ct);
            var checksum = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));
            if (done.TryGetValue((script.Module, script.Name), out var before))
            {
                if (before != checksum)
                    throw new InvalidOperationException($"Migration {script.Module}/{script.Name} was edited after it had been applied. Add a new one instead.");
                continue;
            }
            await new LockRetry(time).RunAsync(connection, $"{script.Module}/{script.Name}", () => ApplyAsync(connection, script.Module, script.Name, sql, checksum, ct), ct);
            applied++;
        }
        await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", ct);
        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string module, string name, string sql, string checksum, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"SET LOCAL ROLE {Database.OwnerRole}; SET LOCAL lock_timeout = '4s'", ct);
        await ExecuteAsync(connection, sql, ct);
        await using var record = new NpgsqlCommand("INSERT INTO platform.migration (module, name, checksum) VALUES ($1, $2, $3)", connection, transaction)
        {
            Parameters = { new() { Value = module }, new() { Value = name }, new() { Value = checksum } },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private IEnumerable<(string Module, string Name, string Path)> Scripts() =>
        modules.Select(module => module.Name).Prepend("platform")
            .Where(module => Directory.Exists(Path.Combine(Folder, module)))
            .SelectMany(module => Directory.GetFiles(Path.Combine(Folder, module), "V*.sql").Order(StringComparer.Ordinal)
                .Select(path => (module, Path.GetFileNameWithoutExtension(path), path)));

    private static async Task<Dictionary<(string, string), string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var done = new Dictionary<(string, string), string>();
        await using var command = new NpgsqlCommand("SELECT module, name, checksum FROM platform.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            done.Add((reader.GetString(0), reader.GetString(1)), reader.GetString(2));
        return done;
    }

    // Roles belong to the whole cluster, so they are made here rather than in a migration of one database.
    private string Bootstrap() => $"""
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Database.OwnerRole}') THEN
            CREATE ROLE {Database.OwnerRole} NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Database.AppRole}') THEN
            CREATE ROLE {Database.AppRole} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
        ALTER ROLE {Database.AppRole} PASSWORD '{Database.AppPassword(settings.AdminConnection)}';
        ALTER ROLE {Database.AppRole} SET statement_timeout = '15s';
        ALTER ROLE {Database.AppRole} SET lock_timeout = '3s';
        ALTER ROLE {Database.AppRole} SET idle_in_transaction_session_timeout = '30s';
        ALTER ROLE {Database.AppRole} SET client_connection_check_interval = '1s';
        GRANT {Database.OwnerRole} TO CURRENT_USER;
        CREATE SCHEMA IF NOT EXISTS platform AUTHORIZATION {Database.OwnerRole};
        GRANT USAGE ON SCHEMA platform TO {Database.AppRole};
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {Database.OwnerRole}', current_database()); END $$;
        CREATE TABLE IF NOT EXISTS platform.migration (
          module text NOT NULL, name text NOT NULL, checksum text NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (module, name));
        ALTER TABLE platform.migration OWNER TO {Database.OwnerRole};
        GRANT SELECT ON platform.migration TO {Database.AppRole};
        """;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
