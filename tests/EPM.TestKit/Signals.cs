using System.Diagnostics;
using System.Globalization;

namespace EPM.TestKit;

public static class Signals
{
    /// <summary>Sends KILL, TERM, STOP or CONT; does nothing to a process that has ended.</summary>
    public static void Send(int pid, string signal)
    {
        // The shell's own kill is there on every system; a program of that name is not.
        using var kill = Process.Start("sh", ["-c", "kill -\"$1\" \"$2\" 2>/dev/null", "sh", signal, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
