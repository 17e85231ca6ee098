using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EPM.TestKit;

/// <summary>Two real hosts on one database behind a real proxy, as the deployment has them.</summary>
public sealed class TwoHosts : IAsyncDisposable
{
    private const string Email = "direction@chaine.test";
    private const string Password = "quatre mots pour deux machines";

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
        var admin = new { name = "Direction", email = Email, password = Password };
        using var answer = await client.PostAsJsonAsync("/api/v1/tenants",
            new { slug, name = "Chaîne", country = "SN", currency = "XOF", timeZone = "Africa/Dakar", language = "fr", admin });
        await CheckAsync(answer);
    }

    /// <summary>A client of the chain through the proxy, signed in, that keeps its cookies.</summary>
    public async Task<HttpClient> SignInAsync(string slug)
    {
        var client = Nginx.Client(slug, cookies: true);
        await RenewAsync(client, "/api/v1/auth/sign-in", JsonContent.Create(new { email = Email, password = Password }));
        return client;
    }

    /// <summary>Takes a new access token for the cookie.</summary>
    public static Task RefreshAsync(HttpClient client) => RenewAsync(client, "/api/v1/auth/refresh", content: null);

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

    private static async Task RenewAsync(HttpClient client, string path, HttpContent? content)
    {
        using var answer = await client.PostAsync(path, content);
        await CheckAsync(answer);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{answer.RequestMessage?.RequestUri?.AbsolutePath} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}", inner: null, answer.StatusCode);
    }
}
