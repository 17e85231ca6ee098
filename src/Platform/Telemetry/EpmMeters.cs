using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EPM.Platform.Telemetry;

/// <summary>What the product counts of itself, beside what the framework and the driver already tell. Names follow OpenTelemetry.</summary>
public static class EpmMeters
{
    public const string Name = "EPM";

    /// <summary>What people and jobs ask for, as spans that the framework's and the driver's own hang on.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    // From an answer out of the cache to an import of millions of lines.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
    };

    /// <summary>Jobs by kind and outcome (done, failed, given-back).</summary>
    public static readonly Histogram<double> JobDuration = Meter.CreateHistogram("epm.job.duration", "s", "Time a background job took", advice: Seconds);

    /// <summary>Imports by kind and state.</summary>
    public static readonly Histogram<double> ImportDuration = Meter.CreateHistogram("epm.import.duration", "s", "Time from the first line read to the end of an import", advice: Seconds);

    public static readonly Histogram<double> BatchDuration = Meter.CreateHistogram("epm.import.batch.duration", "s", "Time one batch of an import took to be applied and committed", advice: Seconds);

    /// <summary>Lines by outcome: added, updated, unchanged, rejected.</summary>
    public static readonly Counter<long> ImportLines = Meter.CreateCounter<long>("epm.import.lines", "{line}", "Lines of imports");

    /// <summary>Forecasts of a product in a store by outcome: trained, refreshed, refused.</summary>
    public static readonly Counter<long> Forecasts = Meter.CreateCounter<long>("epm.forecasts", "{forecast}", "Forecasts that runs made and stored");

    /// <summary>Sign-ins by outcome: started, refused.</summary>
    public static readonly Counter<long> SignIns = Meter.CreateCounter<long>("epm.sign_ins", "{sign-in}", "Sign-ins; their increase over a day is the connections of that day");

    /// <summary>Unix time of the newest backup of the whole database.</summary>
    public static readonly Gauge<double> BackupTimestamp = Meter.CreateGauge<double>("epm.backup.timestamp", "s", "When the newest backup was made");

    /// <summary>Unix time of the last good drill.</summary>
    public static readonly Gauge<double> DrillTimestamp = Meter.CreateGauge<double>("epm.drill.timestamp", "s", "When restoring a backup was last proven");

    /// <summary>Alarms by code: 1 while there is reason for one, otherwise 0.</summary>
    public static readonly Gauge<long> Alarm = Meter.CreateGauge<long>("epm.alarm", description: "What the page of operations warns of");

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    /// <summary>Seconds since a moment told by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
