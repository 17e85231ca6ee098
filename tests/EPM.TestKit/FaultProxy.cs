using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EPM.TestKit;

/// <summary>
/// A TCP proxy on loopback that does to connections what networks do: lets them pass, holds them up, swallows them, resets them, or leaves
/// one side believing in a peer that has gone. What is set holds for open connections and for new ones.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private TaskCompletionSource _gate = OpenGate();
    private int _accepted;

    private FaultProxy(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections open now.</summary>
    public int Open => _open.Count;

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    internal TimeSpan Delayed { get; private set; }

    internal Cut? Armed { get; private set; }

    private bool Refusing { get; set; }

    /// <summary>A proxy in front of a port of this machine.</summary>
    public static FaultProxy To(int port) => new(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>A proxy in front of a Postgres server; see <see cref="Through"/>.</summary>
    public static FaultProxy To(string connection) => To(new NpgsqlConnectionStringBuilder(connection).Port);

    /// <summary>The same database, reached through this proxy.</summary>
    public string Through(string connection) => new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = Port }.ConnectionString;

    /// <summary>Everything goes through at once; what was swallowed arrives late, as after a network's outage.</summary>
    public void Pass()
    {
        (Delayed, Refusing, Armed) = (TimeSpan.Zero, false, null);
        _gate.TrySetResult();
    }

    /// <summary>Each piece waits so long on its way.</summary>
    public void Delay(TimeSpan by) => Delayed = by;

    /// <summary>Nothing arrives any more, in either direction, and nobody is told.</summary>
    public void BlackHole() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>New connections are reset; open ones go on.</summary>
    public void Refuse() => Refusing = true;

    /// <summary>Resets every open connection.</summary>
    public void ResetAll()
    {
        foreach (var connection in _open.Keys)
            connection.Reset();
    }

    /// <summary>The server's side of every open connection is closed, and the clients do not hear of it.</summary>
    public void HalfOpenAll()
    {
        foreach (var connection in _open.Keys)
            connection.ForgetServer();
    }

    /// <summary>Cuts one connection when something passes; connections before and after are served as usual.</summary>
    public Cut Arm(Cut cut) => Armed = cut;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Pass();
        ResetAll();
        await _accepting;
        _end.Dispose();
    }

    internal Task PassableAsync(CancellationToken ct) => _gate.Task.WaitAsync(ct);

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_end.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            Interlocked.Increment(ref _accepted);
            if (Refusing)
                client.Close(timeout: 0);
            else
                _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProxiedConnection(this, client);
        _open[connection] = true;
        try
        {
            await connection.RunAsync(_server, _end.Token);
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // A proxy passes on a broken connection by breaking the other side.
            connection.Reset();
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    private static TaskCompletionSource OpenGate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gate.SetResult();
        return gate;
    }
}
