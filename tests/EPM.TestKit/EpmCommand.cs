using System.Diagnostics;

namespace EPM.TestKit;

/// <summary><c>./epm</c> with the host the tests were built with, on a data directory and an embedded server of its own.</summary>
public sealed class EpmCommand : IAsyncDisposable
{
    private static readonly string Postgres = Path.Combine(Repository.Root, "tools", "postgres", "pg.sh");

    private readonly Process _promise;

    public EpmCommand() => _promise = Keeper.Promise(Postgres, "remove", Data);

    /// <summary>EPM_DATA; removed at the end, like its server.</summary>
    public string Data { get; } = Scratch.NewDirectory("data");

    /// <returns>The exit code, and everything it said on both outputs.</returns>
    public async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        // A server it starts must not keep a pipe of ours open.
        var said = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" </dev/null >\"$0\" 2>&1", said, Path.Combine(Repository.Root, "epm"), .. arguments]);
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("EPM_", StringComparison.Ordinal)).ToArray())
                start.Environment.Remove(name);
            start.Environment["EPM_DATA"] = Data;
            start.Environment["EPM_HOST_DLL"] = Path.Combine(AppContext.BaseDirectory, "EPM.Host.dll");
            using var command = Process.Start(start)!;
            await command.WaitForExitAsync();
            return (command.ExitCode, await File.ReadAllTextAsync(said));
        }
        finally
        {
            File.Delete(said);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var remove = Process.Start("bash", [Postgres, "remove", Data]))
            await remove.WaitForExitAsync();
        await Keeper.ReleaseAsync(_promise);
    }
}
