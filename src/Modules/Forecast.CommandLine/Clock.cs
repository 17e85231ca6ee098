using System.Diagnostics;
using System.Globalization;

namespace EPM.Forecast.CommandLine;

/// <summary>Processor seconds of the whole process, phase by phase.</summary>
internal sealed class Clock
{
    private readonly List<(string Phase, double Cpu)> _laps = [];
    private double _last;

    public double Cpu { get; private set; }

    public void Lap(string phase)
    {
        using var self = Process.GetCurrentProcess();
        Cpu = self.TotalProcessorTime.TotalSeconds;
        _laps.Add((phase, Cpu - _last));
        _last = Cpu;
    }

    public double Of(string phase) => _laps.First(lap => lap.Phase == phase).Cpu;

    public void Print()
    {
        foreach (var (phase, cpu) in _laps)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {phase,-14} {cpu:0.000} CPU s"));
    }
}
