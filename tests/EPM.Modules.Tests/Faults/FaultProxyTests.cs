using System.Net;
using System.Net.Sockets;
using System.Text;
using EPM.TestKit;

namespace EPM.Modules.Tests.Faults;

/// <summary>The instrument itself: what it claims to do to a connection is what the two sides see.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private FaultProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _server.Start();
        _proxy = FaultProxy.To(((IPEndPoint)_server.LocalEndpoint).Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Passes_both_ways_and_hands_on_the_end()
    {
        var (client, server) = await ConnectAsync();
        await client.SendAsync("question"u8.ToArray());
        (await ReadAsync(server)).ShouldBe("question");
        await server.SendAsync("answer"u8.ToArray());
        (await ReadAsync(client)).ShouldBe("answer");
        client.Shutdown(SocketShutdown.Send);
        (await ReadAsync(server)).ShouldBe("");
        _proxy.Open.ShouldBe(1);
    }

    [Fact]
    public async Task A_black_hole_holds_everything_until_it_ends()
    {
        var (client, server) = await ConnectAsync();
        _proxy.BlackHole();
        await client.SendAsync("lost?"u8.ToArray());
        var late = ReadAsync(server);
        (await Task.WhenAny(late, Task.Delay(100))).ShouldNotBe(late);
        _proxy.Pass();
        (await late).ShouldBe("lost?");
    }

    [Fact]
    public async Task A_reset_is_a_reset_on_both_sides()
    {
        var (client, server) = await ConnectAsync();
        _proxy.ResetAll();
        (await ReadAsync(client)).ShouldBe("reset");
        (await ReadAsync(server)).ShouldBe("reset");
        _proxy.Refuse();
        // The reset may overtake the end of the connecting itself.
        var refused = await Should.ThrowAsync<SocketException>(async () => await (await DialAsync()).ReceiveAsync(new byte[1]));
        refused.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Fact]
    public async Task A_half_open_connection_tells_the_client_nothing()
    {
        var (client, server) = await ConnectAsync();
        _proxy.HalfOpenAll();
        (await ReadAsync(server)).ShouldBe("reset");
        await client.SendAsync("anybody there?"u8.ToArray());
        var silent = ReadAsync(client);
        (await Task.WhenAny(silent, Task.Delay(100))).ShouldNotBe(silent);
    }

    [Theory]
    [InlineData(CutPoint.Before, "one ")]
    [InlineData(CutPoint.Behind, "one COMMIT")]
    [InlineData(CutPoint.Answered, "one COMMIT")]
    public async Task A_text_cuts_even_in_two_pieces(CutPoint point, string arrives)
    {
        var (client, server) = await ConnectAsync();
        var cut = _proxy.Arm(Cut.OnText("COMMIT", point));
        await client.SendAsync("one "u8.ToArray());
        var arrived = await ReadAsync(server);
        if (point != CutPoint.Before)
        {
            await client.SendAsync("COM"u8.ToArray());
            arrived += await ReadAsync(server);
        }
        await client.SendAsync(point == CutPoint.Before ? "COMMIT"u8.ToArray() : "MIT"u8.ToArray());
        var rest = await ReadAsync(server);
        (rest == "reset" ? arrived : arrived + rest).ShouldBe(arrives);
        if (point == CutPoint.Answered)
            await server.SendAsync("done"u8.ToArray());
        (await ReadAsync(client)).ShouldBe("reset");
        cut.HasFired.ShouldBeTrue();
    }

    [Fact]
    public async Task The_nth_request_is_cut_and_the_others_pass()
    {
        var (client, server) = await ConnectAsync();
        _proxy.Arm(Cut.OnRequest(2, CutPoint.Before));
        await client.SendAsync("first"u8.ToArray());
        (await ReadAsync(server)).ShouldBe("first");
        await server.SendAsync("yes"u8.ToArray());
        (await ReadAsync(client)).ShouldBe("yes");
        await client.SendAsync("second"u8.ToArray());
        (await ReadAsync(server)).ShouldBe("reset");
        var (other, peer) = await ConnectAsync();
        await other.SendAsync("third"u8.ToArray());
        (await ReadAsync(peer)).ShouldBe("third");
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var accepting = _server.AcceptSocketAsync();
        var client = await DialAsync();
        return (client, await accepting.WaitAsync(Patience));
    }

    private async Task<Socket> DialAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return client;
    }

    private static async Task<string> ReadAsync(Socket from)
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[256];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await from.ReceiveAsync(buffer, SocketFlags.None, limit.Token));
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "reset";
        }
    }
}
