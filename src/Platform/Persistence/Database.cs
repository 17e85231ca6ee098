using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Modules;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>The application's own pool: a role that owns nothing and cannot step around row-level security.</summary>
public sealed class Database : IAsyncDisposable
{
    public const string OwnerRole = "epm_owner";
    public const string AppRole = "epm_app";

    // Metrics would otherwise name the pool by its whole connection string.
    public Database(EpmSettings settings) =>
        Source = new NpgsqlDataSourceBuilder(AppConnection(settings.AdminConnection)) { Name = "epm" }.Build();

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>The administrator's connection string with the application role in its place.</summary>
    public static string AppConnection(string admin)
    {
        var builder = new NpgsqlConnectionStringBuilder(admin)
        {
            Username = AppRole,
            Password = AppPassword(admin),
            Timeout = 3,
            CommandTimeout = 15,
            MaxPoolSize = 40,
            ApplicationName = "epm",
            MaxAutoPrepare = 64,
        };
        // Either option lets a session-level setting of one user of the connection reach the next.
        if (builder.NoResetOnClose || builder.Multiplexing)
            throw new InvalidOperationException("EPM_PG may not use 'No Reset On Close' or 'Multiplexing': they carry state from one tenant to the next.");
        return builder.ConnectionString;
    }

    /// <summary>Derived, so that every host given the same administrator string knows it and nothing has to be stored.</summary>
    public static string AppPassword(string admin) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(new NpgsqlConnectionStringBuilder(admin).Password ?? ""), "epm application role"u8));
}
