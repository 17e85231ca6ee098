using System.Diagnostics;
using System.Net.Http.Headers;

namespace EPM.TestKit;

/// <summary>Two real hosts on one database behind a real proxy, as the deployment has them.</summary>
public sealed class TwoHosts : IAsyncDisposable
{
    private readonly HostStart[] _starts;
    private readonly HostProcess[] _hosts;
    private readonly HashSet<int> _stopped = [];

    private TwoHosts(HostStart[] starts, HostProcess[] hosts, NginxProcess nginx) => (_starts, _hosts, Nginx) = (starts, hosts, nginx);

    public NginxProcess Nginx { get; }

    public IReadOnlyList<HostProcess> Hosts => _hosts;

    /// <param name="start">With a migrated database.</param>
    public static async Task<TwoHosts> StartAsync(HostStart start)
    {
        var starts = new[] { start with { Port = HostProcess.FreePort() }, start with { Port = HostProcess.FreePort() } };
        var hosts = await Task.WhenAll(starts.Select(HostProcess.StartAsync));
        return new TwoHosts(starts, hosts, await NginxProcess.StartAsync(hosts[0].Port, hosts[1].Port));
    }

    /// <summary>Opens a chain through the proxy.</summary>
    public async Task OpenChainAsync(string slug)
    {
        using var client = Nginx.Client(slug: null);
        await SignUp.OpenAsync(client, slug);
    }

    /// <summary>A client of the chain through the proxy, signed in, that keeps its cookies.</summary>
    public async Task<HttpClient> SignInAsync(string slug)
    {
        var client = Nginx.Client(slug, cookies: true);
        Carry(client, (await SignUp.SignInAsync(client)).Token);
        return client;
    }

    /// <summary>Takes a new access token for the cookie.</summary>
    public static async Task RefreshAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("/api/v1/auth/refresh", content: null);
        Carry(client, (await answer.ShouldBeJsonAsync()).GetProperty("accessToken").GetString()!);
    }

    /// <summary>Asks a host to end, waits until it has, and starts it anew in its place.</summary>
    /// <returns>Its exit code, and how long its end took.</returns>
    public async Task<(int Code, TimeSpan Took)> RestartAsync(int which)
    {
        var clock = Stopwatch.StartNew();
        var code = await StopAsync(which);
        var took = clock.Elapsed;
        _hosts[which] = await HostProcess.StartAsync(_starts[which]);
        _stopped.Remove(which);
        return (code, took);
    }

    /// <summary>Asks a host to end and waits until it has.</summary>
    public async Task<int> StopAsync(int which)
    {
        _hosts[which].Terminate();
        var code = await _hosts[which].ExitAsync();
        await _hosts[which].DisposeAsync();
        _stopped.Add(which);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        foreach (var which in Enumerable.Range(0, _hosts.Length).Except(_stopped))
            await _hosts[which].DisposeAsync();
    }

    private static void Carry(HttpClient client, string token) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
}
