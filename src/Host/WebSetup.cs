using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Idempotency;
using EPM.Platform.Limits;
using EPM.Platform.Modules;
using EPM.Platform.Telemetry;
using EPM.Platform.Tenancy;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;

namespace EPM.Host;

/// <summary>The web server: what it listens on, the order of its middlewares, and its routes.</summary>
internal static class WebSetup
{
    public static void ConfigureWeb(this WebApplicationBuilder builder, EpmSettings settings, bool serves)
    {
        // Two lines a request cost more than a cached answer; whoever wants them sets Logging__LogLevel__Microsoft.AspNetCore.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            // What fails while a token is looked up is answered and told by the handler of problems, once.
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:Microsoft.AspNetCore.Authentication.JwtBearer", "None")],
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.ListenOn(settings, settings.Port);
            if (settings.MetricsPort is { } metrics)
                kestrel.ListenOn(settings, metrics);
        });
        TelemetryExport.AddLogs(builder.Logging, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainFor + TimeSpan.FromSeconds(20));
        builder.Services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi("v1", OpenApiSetup.Configure);
        builder.Services.AddForwardedClients(settings);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        if (serves)
            builder.Services.AddPlatformWorkers();
    }

    private static void ListenOn(this KestrelServerOptions kestrel, EpmSettings settings, int port)
    {
        if (settings.Bind == "localhost")
            kestrel.ListenLocalhost(port);
        else
            kestrel.Listen(System.Net.IPAddress.Parse(settings.Bind), port);
    }

    public static async Task<int> ServeAsync(this WebApplication app, EpmSettings settings)
    {
        app.UsePipeline(settings);
        await app.RunAsync();
        return 0;
    }

    public static void UsePipeline(this WebApplication app, EpmSettings settings)
    {
        app.MapMetricsPort(settings);
        app.UseForwardedClients(settings);
        app.MapBench();
        if (settings.Otlp is not null)
            app.UseMiddleware<RequestSpans>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemHandler>();
        app.UseDrain();
        app.MapHealth();
        app.UseMiddleware<SameOriginWall>();
        app.UseMiddleware<Utf8Bodies>();
        app.UseRouting();
        app.UseMiddleware<RequestDeadline>();
        app.UseMiddleware<RequestOrigins>();
        app.UseMiddleware<TenantResolution>();
        app.UseAuthentication();
        app.UseMiddleware<EmptyStatusProblems>();
        app.UseAuthorization();
        app.UseMiddleware<RequestLimits>();
        app.UseMiddleware<SignedInWall>();
        app.UseMiddleware<IdempotencyKeys>();
        app.MapOpenApi("/openapi/{documentName}.json");
        var api = app.MapGroup("/api/v1").WithMetadata(new ApiRoute());
        foreach (var module in app.Services.GetServices<IModule>())
            module.MapRoutes(api);
        app.MapFallback("/api/{**rest}", IResult (HttpContext _) => throw new NotFound());
        app.UseSinglePageApp(settings);
    }
}
