using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPM.Modules.Tests.Deploy;

/// <summary>A peer behind the proxy that keeps what reached it, and breaks off where it is told to.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(WebApplication app) => _app = app;

    public ConcurrentQueue<Arrival> Arrived { get; } = [];

    /// <summary>Answers the next so many requests by closing the connection.</summary>
    public int Breaks { get; set; }

    public int Status { get; set; } = 200;

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;

    public static async Task<Upstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var upstream = new Upstream(builder.Build());
        upstream._app.Run(upstream.AnswerAsync);
        await upstream._app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Arrived.Enqueue(new Arrival(http.Request.Method, target, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        if (Breaks > 0)
        {
            Breaks--;
            http.Abort();
            return;
        }
        http.Response.StatusCode = Status;
        if (!target.EndsWith("/events", StringComparison.Ordinal))
        {
            await http.Response.WriteAsync("answered");
            return;
        }
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync("event: progress\n\n");
        await http.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}

internal sealed record Arrival(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
