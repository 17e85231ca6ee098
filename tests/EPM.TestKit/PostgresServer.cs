using System.Diagnostics;

namespace EPM.TestKit;

/// <summary>How a server goes down.</summary>
public enum Shutdown
{
    /// <summary>Transactions are rolled back, clients are told, everything is written.</summary>
    Fast,

    /// <summary>Nothing is written but what was committed; the next start recovers.</summary>
    Immediate,

    /// <summary>kill -9 of the postmaster and all its backends at once.</summary>
    Killed,
}

/// <summary>A Postgres server of a test's own, which may be restarted, frozen and killed. Every commit it acknowledges is durable.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "tools", "postgres", "pg.sh");

    private readonly Process _promise;

    private PostgresServer(string directory, string connection, Process promise) => (Directory, Connection, _promise) = (directory, connection, promise);

    /// <summary>The administrator's connection string. The port stays the same over restarts.</summary>
    public string Connection { get; }

    /// <summary>Holds the cluster in its directory <c>postgres</c>.</summary>
    public string Directory { get; }

    /// <param name="directory">Where the cluster goes; a temporary directory when null. Removed at the end either way.</param>
    public static async Task<PostgresServer> StartAsync(string? directory = null)
    {
        directory ??= Scratch.NewDirectory("postgres");
        var promise = Keeper.Promise(Script, "remove", directory);
        return new PostgresServer(directory, (await RunAsync("start", directory)).TrimEnd().Split('\n')[^1], promise);
    }

    public async Task RestartAsync(Shutdown how)
    {
        await StopAsync(how);
        await StartAgainAsync();
    }

    public Task StopAsync(Shutdown how) => how == Shutdown.Killed
        ? RunAsync("signal", Directory, "KILL")
        : RunAsync("stop", Directory, how == Shutdown.Fast ? "fast" : "immediate");

    public Task StartAgainAsync() => RunAsync("start", Directory);

    /// <summary>SIGSTOP of the postmaster and all its backends: connections stay open and nothing answers.</summary>
    public Task FreezeAsync() => RunAsync("signal", Directory, "STOP");

    public Task ThawAsync() => RunAsync("signal", Directory, "CONT");

    public async ValueTask DisposeAsync()
    {
        await RunAsync("remove", Directory);
        await Keeper.ReleaseAsync(_promise);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        // The server must not keep our pipe open, so the script's output goes through a file.
        var said = Path.GetTempFileName();
        try
        {
            using var script = Process.Start(new ProcessStartInfo("bash", ["-c", "\"$@\" </dev/null >\"$0\" 2>&1", said, Script, .. arguments]))!;
            await script.WaitForExitAsync();
            var text = await File.ReadAllTextAsync(said);
            return script.ExitCode == 0 ? text : throw new InvalidOperationException($"pg.sh {string.Join(' ', arguments)} failed:\n{text}");
        }
        finally
        {
            File.Delete(said);
        }
    }
}
