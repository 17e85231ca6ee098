using System.Net;
using System.Net.Sockets;

namespace EPM.TestKit;

/// <summary>One client of a <see cref="FaultProxy"/> and its server.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket client) : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile bool _serverForgotten;
    private volatile bool _resetOnAnswer;
    private volatile bool _answered = true;

    public async Task RunAsync(IPEndPoint server, CancellationToken ct)
    {
        client.NoDelay = true;
        await proxy.PassableAsync(ct);
        await _server.ConnectAsync(server, ct);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var there = PumpAsync(client, _server, Toward.Server, end.Token);
        var back = PumpAsync(_server, client, Toward.Client, end.Token);
        var first = await Task.WhenAny(there, back);
        if (_serverForgotten || !first.IsCompletedSuccessfully)
        {
            Reset();
            await end.CancelAsync();
        }
        await Task.WhenAll(there, back);
    }

    /// <summary>Closes both sides the hard way: with a reset, whatever was still on its way.</summary>
    public void Reset()
    {
        Reset(client);
        Reset(_server);
    }

    public void ForgetServer()
    {
        _serverForgotten = true;
        Reset(_server);
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Toward toward, CancellationToken ct)
    {
        var buffer = new byte[64 << 10];
        var tail = Array.Empty<byte>();
        while (true)
        {
            var read = await ReceiveAsync(from, buffer, toward, ct);
            if (read == 0)
                break;
            if (proxy.Delayed > TimeSpan.Zero)
                await Task.Delay(proxy.Delayed, ct);
            await proxy.PassableAsync(ct);
            var turn = toward == Toward.Server && _answered;
            _answered = toward == Toward.Client;
            if (toward == Toward.Client && _resetOnAnswer)
            {
                Reset();
                return;
            }
            var cut = proxy.Armed;
            var struck = cut is not null && cut.Strikes(toward, tail, buffer.AsSpan(0, read), turn);
            tail = cut is { Overlap: > 0 } ? [.. tail.Concat(buffer.Take(read)).TakeLast(cut.Overlap)] : [];
            if (struck && cut!.Point == CutPoint.Before)
            {
                Reset();
                return;
            }
            _resetOnAnswer |= struck && cut!.Point == CutPoint.Answered;
            if (!_serverForgotten)
                await SendAsync(to, buffer.AsMemory(0, read), ct);
            if (struck && cut!.Point == CutPoint.Behind)
            {
                Reset();
                return;
            }
        }
        if (!_serverForgotten)
            to.Shutdown(SocketShutdown.Send);
    }

    // The end of a forgotten server is not passed on: the client's reads go on waiting.
    private async Task<int> ReceiveAsync(Socket from, byte[] buffer, Toward toward, CancellationToken ct)
    {
        try
        {
            var read = await from.ReceiveAsync(buffer, SocketFlags.None, ct);
            if (read > 0 || !_serverForgotten || toward == Toward.Server)
                return read;
        }
        catch (Exception closed) when (_serverForgotten && toward == Toward.Client && closed is SocketException or ObjectDisposedException)
        {
            // Falls through to the wait.
        }
        await Task.Delay(Timeout.Infinite, ct);
        return 0;
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, SocketFlags.None, ct)..];
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It had been closed already.
        }
    }
}
