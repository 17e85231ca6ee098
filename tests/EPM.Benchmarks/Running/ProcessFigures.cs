using System.Globalization;

namespace EPM.Benchmarks.Running;

/// <summary>What the kernel counts of a process.</summary>
internal static class ProcessFigures
{
    private const double TicksASecond = 100;

    /// <returns>Processor seconds, user and system.</returns>
    public static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
    }

    /// <returns>Most megabytes of memory the process had at any time, in units of 2^20 bytes.</returns>
    public static double PeakMegabytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
