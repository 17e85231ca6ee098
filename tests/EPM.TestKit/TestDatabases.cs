using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.TestKit;

/// <summary>Databases of this test run: one template, migrated once, and quick copies of it; all dropped when the run ends.</summary>
public static class TestDatabases
{
    private const string Prefix = "epm_test_";

    // Held while roles of the whole cluster are altered: test processes of one machine run side by side.
    private const long ClusterLock = 0x45504D_54455354;

    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(2);
    private static readonly string Run = Prefix + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
        + "_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    private static readonly ConcurrentBag<string> Made = [];
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1);
    private static int _copies;

    /// <summary>The administrator's connection string the tests were given.</summary>
    public static string Admin => Environment.GetEnvironmentVariable("EPM_PG")
        ?? throw new InvalidOperationException("EPM_PG is not set: these tests need the connection string of a PostgreSQL 18 administrator. ./epm test starts one and sets it.");

    /// <returns>The administrator's connection string of a fresh, migrated database.</returns>
    public static async Task<string> CopyAsync()
    {
        var template = await Template.Value;
        var copy = $"{Run}_{Interlocked.Increment(ref _copies)}";
        await OneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {copy} TEMPLATE {template}");
        }
        finally
        {
            OneCopyAtATime.Release();
        }
        Made.Add(copy);
        return On(copy);
    }

    /// <returns>The administrator's connection string of a database without anything.</returns>
    public static async Task<string> EmptyAsync()
    {
        var empty = $"{Run}_empty_{Interlocked.Increment(ref _copies)}";
        await ExecuteAsync($"CREATE DATABASE {empty}");
        Made.Add(empty);
        return On(empty);
    }

    public static async Task DropAllAsync()
    {
        await EpmHost.StopAllAsync();
        NpgsqlConnection.ClearAllPools();
        while (Made.TryTake(out var name))
            await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var template = Run + "_template";
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync();
        await using (var alone = new NpgsqlCommand($"SELECT pg_advisory_lock({ClusterLock})", connection) { CommandTimeout = 120 })
            await alone.ExecuteNonQueryAsync();
        await DropLeftoversAsync(connection);
        await ExecuteAsync($"CREATE DATABASE {template}");
        Made.Add(template);
        await new Migrator(EpmHost.SettingsFor(On(template)), Host.Modules.All, TimeProvider.System).RunAsync(CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        return template;
    }

    // A killed run drops nothing; its name tells how old it is.
    private static async Task DropLeftoversAsync(NpgsqlConnection connection)
    {
        var oldest = Prefix + (TimeProvider.System.GetUtcNow() - LongestRun).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var names = new List<string>();
        await using (var find = new NpgsqlCommand("SELECT datname FROM pg_database WHERE datname LIKE $1 AND datname < $2", connection)
        {
            Parameters = { new() { Value = Prefix.Replace("_", @"\_", StringComparison.Ordinal) + "2%" }, new() { Value = oldest } },
        })
        await using (var reader = await find.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        }
        foreach (var name in names)
            await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static string On(string database) => new NpgsqlConnectionStringBuilder(Admin) { Database = database }.ConnectionString;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Admin) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
