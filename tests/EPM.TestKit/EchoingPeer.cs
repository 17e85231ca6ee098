using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPM.TestKit;

/// <summary>A peer that answers each <c>ECHO x</c> with x, now and then late, or otherwise as a test says.</summary>
public sealed class EchoingPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Stream, Task> _serve;
    private readonly Task _work;

    public EchoingPeer(Func<Stream, Task>? serve = null)
    {
        _serve = serve ?? EchoAsync;
        _listener.Start();
        _work = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>Says nothing more until the other side closes.</summary>
    public static Task UntilLeftAsync(Stream stream) => stream.CopyToAsync(Stream.Null);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _work;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await _serve(client.GetStream());
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                // The client has gone, as tests make it.
            }
        }
    }

    private static async Task EchoAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var answered = 0;
        while (await reader.ReadLineAsync() is not null)
        {
            for (var line = 0; line < 3; line++)
                await reader.ReadLineAsync();
            var said = await reader.ReadLineAsync();
            // Late enough that whoever gave up has asked something else by then.
            if (++answered % 97 == 0)
                await Task.Yield();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"${said!.Length}\r\n{said}\r\n"));
        }
    }
}
