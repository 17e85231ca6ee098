using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace EPM.TestKit;

/// <summary>The product as it is built, in a process of its own that can be stopped, frozen and killed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _log;
    private bool _disposed;

    private HostProcess(Process process, string log, int port) => (_process, _log, Port) = (process, log, port);

    public int Port { get; }

    public int Pid => _process.Id;

    /// <summary>From the start of the process to the first 200 of /health/ready.</summary>
    public TimeSpan ToReady { get; private set; }

    public bool HasExited => _process.HasExited;

    /// <summary>Everything it said so far, on both outputs.</summary>
    public string Log => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <summary>Starts a host and returns once it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not become ready; the message has its log.</exception>
    public static async Task<HostProcess> StartAsync(HostStart start)
    {
        var host = Launch(start);
        while (!await host.IsReadyAsync())
        {
            if (!host.HasExited && host.ToReady < Patience)
                continue;
            var log = host.Log;
            await host.DisposeAsync();
            throw new InvalidOperationException($"The product did not become ready:\n{log}");
        }
        return host;
    }

    /// <summary>Starts a host, or runs another verb of it, and does not wait for anything.</summary>
    public static HostProcess Launch(HostStart start, string verb = "serve", params string[] arguments)
    {
        var port = start.Port ?? FreePort();
        Directory.CreateDirectory(start.Directory);
        var log = Path.Combine(start.Directory, string.Create(CultureInfo.InvariantCulture, $"host-{port}.log"));
        return new HostProcess(Keeper.Run(log, start.EnvironmentOn(port), ["dotnet", start.Dll, verb, .. arguments]), log, port);
    }

    /// <summary>Runs <c>migrate</c> to its end.</summary>
    public static async Task MigrateAsync(HostStart start)
    {
        await using var migration = Launch(start, "migrate");
        if (await migration.ExitAsync(Patience) != 0)
            throw new InvalidOperationException($"The database could not be migrated:\n{migration.Log}");
    }

    /// <summary>The status of a path asked without a tenant, such as /health/ready; null when nobody answers.</summary>
    public async Task<int?> StatusAsync(string path, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(10));
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), limit.Token);
            var answer = new byte[12];
            return await socket.ReceiveAsync(answer, limit.Token) == answer.Length
                ? int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture)
                : null;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>A client of one address that goes to this host, whatever the name resolves to.</summary>
    /// <param name="slug">The tenant, or null for the apex.</param>
    public HttpClient Client(string? slug, string? token = null, TimeSpan? timeout = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{(slug is null ? "" : slug + ".")}localhost:{Port}/")),
            Timeout = timeout ?? TimeSpan.FromSeconds(100),
        };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>kill -9.</summary>
    public void Kill() => Signals.Send(Pid, "KILL");

    /// <summary>SIGTERM: asks it to finish and end.</summary>
    public void Terminate() => Signals.Send(Pid, "TERM");

    /// <summary>SIGSTOP: it hangs until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signals.Send(Pid, "STOP");

    public void Thaw() => Signals.Send(Pid, "CONT");

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; 128 + n when signal n ended it.</returns>
    public async Task<int> ExitAsync(TimeSpan? within = null)
    {
        await _process.WaitForExitAsync().WaitAsync(within ?? Patience);
        return _process.ExitCode;
    }

    /// <summary>Ends it, gently if it lets itself be ended gently.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        if (!HasExited)
        {
            Thaw();
            Terminate();
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(30)));
        }
        if (!HasExited)
            Kill();
        await _process.WaitForExitAsync();
        await Keeper.ReleaseAsync(_process);
    }

    private async Task<bool> IsReadyAsync()
    {
        var ready = await StatusAsync("/health/ready", TimeSpan.FromSeconds(1)) == 200;
        ToReady = _clock.Elapsed;
        if (!ready)
            await Task.Delay(5);
        return ready;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A port of loopback that nobody listened on a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
