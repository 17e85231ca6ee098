using System.Diagnostics;
using EPM.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EPM.Platform.Telemetry;

/// <summary>
/// Traces, metrics and logs for whoever listens: pushed by OTLP to <see cref="EpmSettings.Otlp"/>, pulled as text by Prometheus. Nothing
/// is made when nobody does.
/// </summary>
public sealed class TelemetryExport : IHostedService, IDisposable
{
    private readonly PrometheusText _text = new();
    private readonly Lock _one = new();
    private readonly BaseExportingMetricReader? _scraped;
    private readonly MeterProvider? _meters;
    private readonly TracerProvider? _tracers;

    public TelemetryExport(EpmSettings settings)
    {
        if (settings.MetricsPort is null && settings.Otlp is null)
            return;
        var meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource())
            .AddMeter(EpmMeters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Npgsql", "System.Net.Http", "System.Runtime");
        if (settings.MetricsPort is not null)
            meters.AddReader(_scraped = new BaseExportingMetricReader(_text));
        if (settings.Otlp is { } collector)
        {
            meters.AddOtlpExporter(options => options.Endpoint = collector);
            _tracers = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).SetSampler(new ParentBasedSampler(new AskedFor()))
                .AddSource(EpmMeters.Name, "Microsoft.AspNetCore", "Npgsql", "System.Net.Http")
                .AddOtlpExporter(options => options.Endpoint = collector).Build();
        }
        _meters = meters.Build();
    }

    /// <summary>Logs go to the collector beside the console. Called before the host is built.</summary>
    public static void AddLogs(ILoggingBuilder logging, EpmSettings settings)
    {
        if (settings.Otlp is { } collector)
            logging.AddOpenTelemetry(options => options.SetResourceBuilder(Resource()).AddOtlpExporter(exporter => exporter.Endpoint = collector));
    }

    /// <returns>All metrics as they are now, in Prometheus' text format.</returns>
    public string Collect()
    {
        lock (_one)
        {
            _scraped?.Collect(5_000);
            return _text.Last;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _tracers?.ForceFlush(2_000);
        _meters?.ForceFlush(2_000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _tracers?.Dispose();
        _meters?.Dispose();
        _text.Dispose();
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault()
        .AddService("epm-retail", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(), serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}");

    // What loops ask the database each second, for nobody, would bury everything else.
    private sealed class AskedFor : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
    }
}
