using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPM.Modules.Tests.Outbound;

/// <summary>A listener on every address of this machine that counts who comes, and answers what it is told to.</summary>
internal sealed class Canary : IAsyncDisposable
{
    private readonly TcpListener _listener = Socket.OSSupportsIPv6 ? TcpListener.Create(0) : new TcpListener(IPAddress.Any, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<NetworkStream, CancellationToken, Task>? _answer;
    private readonly Task _loop;
    private int _visits;

    public Canary(Func<NetworkStream, CancellationToken, Task>? answer = null)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Visits => _visits;

    public static Canary Saying(string text) => new(async (stream, ct) =>
    {
        using var asked = new StreamReader(stream, leaveOpen: true);
        string? line;
        do
            line = await asked.ReadLineAsync(ct);
        while (line?.Length > 0);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), ct);
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _visits);
                if (_answer is not null)
                    await AnswerAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            await _answer!(stream, _end.Token);
        }
        catch (IOException)
        {
            // Whoever asked has heard enough.
        }
    }
}
