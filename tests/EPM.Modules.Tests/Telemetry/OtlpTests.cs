using System.Net;
using System.Text;
using EPM.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EPM.Modules.Tests.Telemetry;

/// <summary>What a host tells an OpenTelemetry collector, over the wire as collectors hear it.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task A_collector_hears_of_requests_metrics_and_logs_and_of_nobodys_secrets()
    {
        await using var collector = await Collector.StartAsync();
        var told = await TalkToAsync(collector);
        told["trace"].ShouldContain("epm-retail");
        foreach (var said in new[] { "GET /api/v1/dashboard", "http.response.status_code", "db.query.text" })
            told["trace"].ShouldContain(said);
        told["trace"].ShouldNotContain("UPDATE platform.job", Case.Sensitive, "what loops ask each second is nobody's request");
        told["metrics"].ShouldContain("http.server.request.duration");
        told["logs"].ShouldContain("Now listening");
        foreach (var payload in told.Values)
        {
            payload.ShouldNotContain(TestTenant.Password);
            payload.ShouldNotContain(SignUp.Email);
        }
    }

    [Fact]
    public async Task A_collector_that_says_nothing_holds_up_nobody()
    {
        await using var collector = await Collector.StartAsync();
        await using var proxy = FaultProxy.To(collector.Port);
        proxy.BlackHole();
        await using var host = await StartAsync(proxy.Port);
        using var client = host.Client("otlp", (await host.SignUpAsync("otlp")).Token);
        (await client.GetAsync("api/v1/dashboard?from=2026-01-01&to=2026-01-31")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Terminate();
        (await host.ExitAsync()).ShouldBe(0);
    }

    // Everything is told when the host ends, if not before.
    private static async Task<IReadOnlyDictionary<string, string>> TalkToAsync(Collector collector)
    {
        await using var host = await StartAsync(collector.Port);
        var session = await host.SignUpAsync("otlp");
        using var client = host.Client("otlp", session.Token);
        (await client.GetAsync("api/v1/dashboard?from=2026-01-01&to=2026-01-31")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Terminate();
        (await host.ExitAsync()).ShouldBe(0);
        var told = collector.Heard();
        told.Values.ShouldAllBe(payload => !payload.Contains(session.Token, StringComparison.Ordinal) && !payload.Contains(session.Cookie, StringComparison.Ordinal));
        return told;
    }

    private static async Task<HostProcess> StartAsync(int port) => await HostProcess.StartAsync(new HostStart(await TestDatabases.CopyAsync())
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EPM_OTLP"] = $"http://127.0.0.1:{port}" },
    });

    /// <summary>The collector's end of OTLP over gRPC: takes what is exported, and keeps it to look at.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly Dictionary<string, StringBuilder> _heard = new(StringComparer.Ordinal)
        {
            ["trace"] = new(),
            ["metrics"] = new(),
            ["logs"] = new(),
        };

        private Collector(WebApplication app) => _app = app;

        public int Port => new Uri(_app.Urls.Single()).Port;

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
            var collector = new Collector(builder.Build());
            collector._app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", collector.ExportAsync);
            await collector._app.StartAsync();
            return collector;
        }

        /// <returns>Of each signal all that was exported, as if it were text: names and values are.</returns>
        public IReadOnlyDictionary<string, string> Heard()
        {
            lock (_heard)
                return _heard.ToDictionary(signal => signal.Key, signal => signal.Value.ToString(), StringComparer.Ordinal);
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task ExportAsync(HttpContext http, string signal)
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.Latin1);
            var said = await reader.ReadToEndAsync();
            lock (_heard)
                _heard[signal].Append(said);
            http.Response.ContentType = "application/grpc";
            // An empty message: flag and length.
            await http.Response.Body.WriteAsync(new byte[5]);
            http.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
