using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EPM.Benchmarks.Http;

namespace EPM.Benchmarks.Running;

/// <summary>The product as it is published, in a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private HostProcess(Process process, int port, TimeSpan toReady) => (_process, Port, ToReady) = (process, port, toReady);

    public int Port { get; }

    public int Pid => _process.Id;

    /// <summary>From the start of the process to the first 200 of /health/ready.</summary>
    public TimeSpan ToReady { get; }

    public static HostProcess Start(Options options, string admin)
    {
        var port = FreePort();
        var clock = Stopwatch.StartNew();
        var process = Run(options, admin, "serve", port);
        while (true)
        {
            if (IsReady(port))
                return new HostProcess(process, port, clock.Elapsed);
            if (process.HasExited || clock.Elapsed > Patience)
                throw new InvalidOperationException($"The product did not become ready:\n{File.ReadAllText(LogOf(options))}");
            Thread.Sleep(5);
        }
    }

    public static void Migrate(Options options, string admin)
    {
        using var process = Run(options, admin, "migrate", FreePort());
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The database could not be migrated:\n{File.ReadAllText(LogOf(options))}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", Pid.ToString(CultureInfo.InvariantCulture)]);
            stop.WaitForExit();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
                _process.Kill();
        }
        _process.Dispose();
    }

    private static string LogOf(Options options) => Path.Combine(options.Scratch, "host.log");

    // The shell replaces itself by the product, so that the process started is the product, with a file to log into.
    private static Process Run(Options options, string admin, string verb, int port)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec dotnet \"$1\" \"$2\" >>\"$3\" 2>&1", "_", options.HostDll, verb, LogOf(options)])
        {
            Environment =
            {
                ["EPM_PG"] = admin,
                ["EPM_DATA"] = Path.Combine(options.Scratch, "data"),
                ["EPM_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["EPM_DOMAIN"] = "localhost",
                ["EPM_WEB"] = options.Web ?? "",
                ["EPM_BENCH"] = "1",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            },
        };
        Directory.CreateDirectory(Path.Combine(options.Scratch, "data"));
        return Process.Start(start)!;
    }

    private static bool IsReady(int port)
    {
        try
        {
            using var connection = new KeptConnection(port);
            return connection.Send(KeptConnection.Get(port, "localhost", "/health/ready")).Status == 200;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
