using EPM.Platform.Modules;
using EPM.Platform.Telemetry;

namespace EPM.Host;

/// <summary>Metrics have a port of their own, which a network lets the monitoring reach and nobody else; it serves nothing but them.</summary>
internal static class MetricsPort
{
    public static void MapMetricsPort(this WebApplication app, EpmSettings settings)
    {
        if (settings.MetricsPort is not { } port)
            return;
        app.Use((http, next) =>
        {
            if (http.Connection.LocalPort != port)
                return next(http);
            if (http.Request.Path != "/metrics" || !HttpMethods.IsGet(http.Request.Method))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return http.Response.WriteAsync(http.RequestServices.GetRequiredService<TelemetryExport>().Collect(), http.RequestAborted);
        });
    }
}
