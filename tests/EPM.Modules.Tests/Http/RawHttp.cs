using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EPM.TestKit;

namespace EPM.Modules.Tests.Http;

/// <summary>Requests as bytes: what no client library would send.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The status of every answer that came back before the connection ended, and all of the text.</returns>
    public static async Task<(IReadOnlyList<int> Statuses, string Text)> SendAsync(this HostProcess host, string request)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, host.Port, limit.Token);
        var text = new StringBuilder();
        try
        {
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(limit.Token));
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            // Refused so early that the rest of the request met a closed door.
        }
        return (Statuses(text.ToString()), text.ToString());
    }

    public static Task<(IReadOnlyList<int> Statuses, string Text)> GetAsync(this HostProcess host, string target, string hostHeader, params string[] headers) =>
        host.SendAsync($"GET {target} HTTP/1.1\r\nHost: {hostHeader}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n");

    private static List<int> Statuses(string text) =>
        [.. text.Split("HTTP/1.1 ").Skip(1).Select(part => int.Parse(part.AsSpan(0, 3), CultureInfo.InvariantCulture))];
}
