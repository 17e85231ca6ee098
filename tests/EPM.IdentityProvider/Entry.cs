using System.Net;

namespace EPM.IdentityProvider;

/// <summary>
/// A small OpenID Connect provider for tests, a process of its own on a free loopback port. It says its address, and is told by the
/// tests who comes next: lies included. Named, because a second class Program would hide the product's own from the tests.
/// </summary>
internal static class Entry
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var provider = new Provider();
        app.MapGet("/{client}/.well-known/openid-configuration", (string client, HttpContext http) => provider.Metadata(client, http));
        app.MapGet("/{client}/keys", (string client) => provider.Keys(client));
        app.MapGet("/{client}/authorize", (string client, HttpContext http) => provider.Authorize(client, http));
        app.MapPost("/{client}/token", (string client, HttpContext http) => provider.TokenAsync(client, http));
        app.MapPut("/{client}/next", (string client, Next next) => provider.Expect(client, next));

        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());
        // Ends with whoever started it: their end of the pipe closes.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}
