using System.Diagnostics;

namespace EPM.TestKit;

/// <summary>Processes that do not outlive the one that started them, even when that one is killed.</summary>
internal static class Keeper
{
    // The shell becomes the program. What it leaves behind reads a pipe that only this process holds: its end without a word is our death.
    private const string KilledWithUs = """
        log=$1; shift
        exec 3<&0
        (IFS= read -r word <&3 || kill -KILL $$) >/dev/null 2>&1 &
        exec "$@" </dev/null 3<&- >>"$log" 2>&1
        """;

    private const string DoneWithUs = """
        IFS= read -r word || exec "$@" </dev/null >/dev/null 2>&1
        """;

    /// <summary>Runs a program, its outputs appended to a file; the process returned is the program.</summary>
    public static Process Run(string log, IReadOnlyDictionary<string, string> environment, params string[] command) =>
        Start(KilledWithUs, environment, [log, .. command]);

    /// <summary>A command that is run should this process die before it releases it.</summary>
    public static Process Promise(params string[] command) => Start(DoneWithUs, new Dictionary<string, string>(StringComparer.Ordinal), command);

    /// <summary>Nothing has to be done any more.</summary>
    public static async Task ReleaseAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteLineAsync("released");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Who reads it has gone already.
        }
        process.Dispose();
    }

    private static Process Start(string script, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", script, "sh", .. arguments]) { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
