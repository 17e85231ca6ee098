using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EPM.Platform.Modules;

namespace EPM.Platform.Http;

/// <summary>
/// The only way out of the product: addresses that a tenant may write down (its identity provider, its webhooks) are asked through here.
/// A name is looked up once and every address it has is checked; the connection goes to what was checked, so that a second answer
/// of the name server is never used. Neither redirects, proxies nor cookies.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    public const int UsualBytes = 64 << 10;
    public const int MostBytes = 1 << 20;

    private readonly OutboundRules _rules;
    private readonly HashSet<string> _allowed;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;

    public GuardedHttp(EpmSettings settings, OutboundRules rules, TimeProvider time)
    {
        (_rules, _time, _allowed) = (rules, time, settings.OutboundAllow.ToHashSet(StringComparer.OrdinalIgnoreCase));
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>Whether an address could be asked at all, by its form alone: for settings that are being written down.</summary>
    /// <exception cref="OutboundFailed">It could not.</exception>
    public void Check(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || address.IdnHost.Length == 0)
            throw new OutboundFailed("outbound_form");
        if (_allowed.Contains(Named(address.IdnHost, address.Port)))
            return;
        if (address.Scheme != Uri.UriSchemeHttps || !_rules.Ports.Contains(address.Port))
            throw new OutboundFailed("outbound_form");
        if (IPAddress.TryParse(address.IdnHost, out var literal) && !PublicAddress.Is(literal))
            throw new OutboundFailed("outbound_address");
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="atMost">Bytes of body that are read; one more is a failure.</param>
    /// <exception cref="OutboundFailed">It may not be asked, cannot be reached, is too slow or says too much.</exception>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, CancellationToken ct, int atMost = UsualBytes)
    {
        Check(request.RequestUri ?? throw new OutboundFailed("outbound_form"));
        // Another name here would be what the certificate is checked against.
        request.Headers.Host = null;
        using var late = new CancellationTokenSource(_rules.Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var response = await _client.SendAsync(request, either.Token);
            var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            var body = await ReadAsync(response.Content, Math.Min(atMost, MostBytes), either.Token);
            return new OutboundAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), headers, body);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new OutboundFailed("outbound_late");
        }
        catch (HttpRequestException failure) when (failure.InnerException is OutboundFailed refused)
        {
            throw new OutboundFailed(refused.Code);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new OutboundFailed("outbound_unreachable");
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await LookupAsync(host, ct);
        var known = _allowed.Contains(Named(host, port));
        var plain = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp;
        if (plain ? !known || !addresses.All(IPAddress.IsLoopback) : !known && !addresses.All(PublicAddress.Is))
            throw new OutboundFailed("outbound_address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> LookupAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            var found = await _rules.Lookup(host, ct);
            return found.Length > 0 ? found : throw new OutboundFailed("outbound_unreachable");
        }
        catch (SocketException)
        {
            throw new OutboundFailed("outbound_unreachable");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, int atMost, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (body.Length + read > atMost)
                throw new OutboundFailed("outbound_too_large");
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    private static string Named(string host, int port) => $"{host.Trim('[', ']')}:{port}";
}
