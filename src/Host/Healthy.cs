using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPM.Host;

/// <summary>The verb <c>healthy [live|ready]</c>: asks the host of this machine, for containers that have no other program to ask with.</summary>
internal static class Healthy
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>0 when it answers 200 in time, otherwise 1.</returns>
    public static async Task<int> AskAsync(IConfiguration configuration, string state)
    {
        var bound = configuration["EPM_BIND"];
        var address = IPAddress.TryParse(bound, out var given) && !given.Equals(IPAddress.Any) && !given.Equals(IPAddress.IPv6Any) ? given : IPAddress.Loopback;
        var port = int.TryParse(configuration["EPM_PORT"], out var number) ? number : 5080;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync(address, port, patience.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /health/{state} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), patience.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var status = await reader.ReadLineAsync(patience.Token);
            return status?.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) is true ? 0 : Say(status ?? "no answer");
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            return Say(failure.Message);
        }
    }

    private static int Say(string problem)
    {
        Console.Error.WriteLine($"Not healthy: {problem}");
        return 1;
    }
}
