using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EPM.TestKit;

/// <summary>A real nginx with the configuration that the deployment ships, in front of two addresses of this machine.</summary>
public sealed class NginxProcess : IAsyncDisposable
{
    private const string Domain = "localhost";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _log;
    private readonly string _thumbprint;

    private NginxProcess(Process process, string log, string thumbprint, int http, int https) =>
        (_process, _log, _thumbprint, Http, Https) = (process, log, thumbprint, http, https);

    public int Http { get; }

    public int Https { get; }

    /// <summary>Its access log and its complaints.</summary>
    public string Log => File.ReadAllText(_log);

    /// <param name="settings">Any further variable of the template; wins over ours.</param>
    /// <exception cref="InvalidOperationException">There is no nginx here, or it refuses the configuration; the message says what it said.</exception>
    public static async Task<NginxProcess> StartAsync(int hostA, int hostB, IReadOnlyDictionary<string, string>? settings = null)
    {
        var directory = Scratch.NewDirectory("nginx");
        var (http, https, status) = (HostProcess.FreePort(), HostProcess.FreePort(), HostProcess.FreePort());
        var thumbprint = WriteCertificate(directory);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EPM_DOMAIN"] = Domain,
            ["EPM_HOST_A"] = Loopback(hostA),
            ["EPM_HOST_B"] = Loopback(hostB),
            ["EPM_LISTEN_HTTP"] = Loopback(http),
            ["EPM_LISTEN_HTTPS"] = Loopback(https),
            ["EPM_LISTEN_STATUS"] = Loopback(status),
            ["EPM_HTTPS_SUFFIX"] = string.Create(CultureInfo.InvariantCulture, $":{https}"),
            ["EPM_CERTIFICATES"] = directory,
            ["EPM_NGINX_RUN"] = directory,
            ["EPM_REQUESTS_PER_SECOND"] = "10000",
            ["EPM_SIGN_INS_PER_SECOND"] = "1000",
            ["EPM_UPLOAD_MAX"] = "64m",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            values[name] = value;
        foreach (var name in new[] { "nginx.conf", "refusal.conf" })
            await File.WriteAllTextAsync(Path.Combine(directory, name), Rendered(name, values));
        var log = Path.Combine(directory, "nginx.log");
        var process = Keeper.Run(log, new Dictionary<string, string>(StringComparer.Ordinal), Program(), "-p", directory, "-c", Path.Combine(directory, "nginx.conf"), "-g", "daemon off;");
        var nginx = new NginxProcess(process, log, thumbprint, http, https);
        await nginx.AnswersAsync(status);
        return nginx;
    }

    /// <summary>A client of one address over TLS that believes this nginx's certificate and no other.</summary>
    public HttpClient Client(string? slug, bool cookies = false, TimeSpan? timeout = null) => new(new SocketsHttpHandler
    {
        UseCookies = cookies,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOurs },
    })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{(slug is null ? "" : slug + ".")}{Domain}:{Https}/")),
        Timeout = timeout ?? TimeSpan.FromSeconds(60),
    };

    /// <summary>Believes this nginx's certificate and no other.</summary>
    public bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.GetCertHashString() == _thumbprint;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Signals.Send(_process.Id, "TERM");
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await Keeper.ReleaseAsync(_process);
    }

    // What the entry point of the image does with the same files.
    private static string Rendered(string name, Dictionary<string, string> values)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx", name + ".template"));
        return values.Aggregate(text, (so, value) => so.Replace("${" + value.Key + "}", value.Value, StringComparison.Ordinal));
    }

    private static string WriteCertificate(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + Domain, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Domain);
        names.AddDnsName("*." + Domain);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(directory, "tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }

    private async Task AnswersAsync(int status)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, status);
                return;
            }
            catch (SocketException) when (!_process.HasExited && clock.Elapsed < Patience)
            {
                await Task.Delay(5);
            }
            catch (SocketException failure)
            {
                throw new InvalidOperationException($"nginx did not start:\n{Log}", failure);
            }
        }
    }

    private static string Program() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/local/sbin")
            .Select(directory => Path.Combine(directory, "nginx")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no nginx on this machine: install the package nginx. ./epm test does so when it runs as root on Debian or Ubuntu.");

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
