using System.Security.Cryptography;
using System.Text;
using EPM.Platform.Modules;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// The application's own pools: a role that owns nothing and cannot step around row-level security. Nothing here waits longer than its
/// token, and a connection whose use was given up is closed, never handed on.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    public const string OwnerRole = "epm_owner";
    public const string AppRole = "epm_app";

    // Leases, listening and readiness go on when requests have taken every connection of theirs, and the other way round.
    private const int ForRequests = 40;
    private const int ForLoops = 10;

    public Database(EpmSettings settings, TimeProvider time)
    {
        Source = PromptConnections.Build(AppConnection(settings.AdminConnection, ForRequests), "epm");
        Loops = PromptConnections.Build(new NpgsqlConnectionStringBuilder(AppConnection(settings.AdminConnection, ForLoops)) { CommandTimeout = 5 }.ConnectionString, "epm loops");
        Breaker = new DatabaseBreaker(time, ForgetIdle);
    }

    /// <summary>Connections for the work on tenants' data. Open them with <see cref="OpenAsync(CancellationToken)"/>.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Connections for what a host does for itself: job leases, the version listener, readiness.</summary>
    public NpgsqlDataSource Loops { get; }

    internal DatabaseBreaker Breaker { get; }

    /// <summary>Opens a connection for a request or a job, or fails at once while the database is known not to answer.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        Breaker.Enter();
        return await Breaker.WatchAsync(() => OpenAsync(Source, ct), isAnswer: false);
    }

    /// <summary>Opens a connection of a pool; whoever's patience ends gets away, whatever the driver still waits for.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var opening = source.OpenConnectionAsync(ct).AsTask();
        try
        {
            var connection = await opening.WaitAsync(ct);
            connection.CutBy(ct);
            return connection;
        }
        catch (OperationCanceledException)
        {
            _ = CloseLateAsync(opening);
            throw;
        }
    }

    private static async Task CloseLateAsync(Task<NpgsqlConnection> opening)
    {
        try
        {
            await using var late = await opening;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            // Whoever wanted it has been told already.
        }
    }

    /// <summary>Reads once more, on another connection, when the first was lost. The work may only read, and keeps nothing of a first try.</summary>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) => ReadAsync((connection, _) => work(connection), ct);

    /// <param name="work">Told besides whether it is done again.</param>
    internal Task<T> ReadAsync<T>(Func<NpgsqlConnection, bool, Task<T>> work, CancellationToken ct) => Retries.RunAsync(async again =>
    {
        await using var connection = await OpenAsync(ct);
        try
        {
            return await Breaker.WatchAsync(() => work(connection, again));
        }
        catch (PostgresException)
        {
            ForgetPrepared(connection);
            throw;
        }
    }, ForgetIdle, ct);

    /// <summary>
    /// Npgsql 10.0.0: a statement that fails in the very execution that prepares it leaves the connection with a wrong idea of it, and
    /// a later request that gets this connection fails on a protocol error. So whatever failed leaves nothing prepared.
    /// </summary>
    internal static void ForgetPrepared(NpgsqlConnection connection)
    {
        if (connection.FullState != System.Data.ConnectionState.Open)
            return;
        try
        {
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // Lost meanwhile: it goes to nobody else, and the failure that is on its way says more.
        }
    }

    /// <summary>After one connection was lost the others of the pool are most likely dead too.</summary>
    internal void ForgetIdle() => Source.Clear();

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Loops.DisposeAsync();
    }

    /// <summary>The administrator's connection string with the application role in its place.</summary>
    public static string AppConnection(string admin, int most = ForRequests)
    {
        var builder = new NpgsqlConnectionStringBuilder(admin)
        {
            Username = AppRole,
            Password = AppPassword(admin),
            Timeout = 3,
            CommandTimeout = 15,
            MaxPoolSize = most,
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
