using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;

namespace EPM.Platform.Redis;

/// <summary>
/// One connection that many requests share. Replies come in the order of the requests, and each is given to the request it belongs to,
/// also when nobody waits for it any more. A connection on which a request was given up, or that said anything wrong, takes no further
/// request: those under way get their own replies, and it is closed.
/// </summary>
internal sealed class RespConnection : IAsyncDisposable
{
    private const int MostWaiting = 1024;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly Channel<Request> _toSend = Channel.CreateBounded<Request>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly ConcurrentQueue<Request> _sent = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _work;
    private int _underWay;
    private volatile bool _retired;
    private volatile bool _closed;

    private RespConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _work = Task.WhenAll(Task.Run(SendAllAsync), Task.Run(ReadAllAsync));
    }

    public bool IsUsable => !_retired && !_closed;

    public static async Task<RespConnection> OpenAsync(string host, int port, CancellationToken ct)
    {
        // An abortive close: whoever discards many connections would otherwise run out of ports.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            await socket.ConnectAsync(host, port, ct);
            return new RespConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">The connection is lost or discarded, or too much waits for it.</exception>
    /// <exception cref="OperationCanceledException">Given up; the connection is then discarded.</exception>
    public async Task<RespReply> SendAsync(byte[] command, CancellationToken ct)
    {
        var request = new Request(command);
        Interlocked.Increment(ref _underWay);
        if (!IsUsable || !_toSend.Writer.TryWrite(request))
        {
            Finished();
            throw new IOException("The connection takes no more requests.");
        }
        if (_closed)
            request.Reply.TrySetException(Lost());
        await using var givenUp = ct.UnsafeRegister(static (state, token) =>
        {
            var (connection, request) = ((RespConnection, Request))state!;
            if (request.Reply.TrySetCanceled(token) && request.IsSent)
                connection.Retire();
        }, (this, request));
        return await request.Reply.Task;
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _work;
        _closing.Dispose();
    }

    /// <summary>Takes no more requests, and closes once those under way have their replies.</summary>
    public void Retire()
    {
        _retired = true;
        if (Volatile.Read(ref _underWay) == 0)
            Close();
    }

    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        _closing.Cancel();
        _toSend.Writer.TryComplete();
        _stream.Dispose();
        while (_sent.TryDequeue(out var request))
            request.Reply.TrySetException(Lost());
        while (_toSend.Reader.TryRead(out var request))
            request.Reply.TrySetException(Lost());
    }

    private async Task SendAllAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        try
        {
            while (await _toSend.Reader.WaitToReadAsync(_closing.Token))
            {
                while (buffer.WrittenCount < 64 << 10 && _toSend.Reader.TryRead(out var request))
                    Prepare(request, buffer);
                await _stream.WriteAsync(buffer.WrittenMemory, _closing.Token);
                buffer.ResetWrittenCount();
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            Close();
        }
    }

    private void Prepare(Request request, ArrayBufferWriter<byte> buffer)
    {
        request.IsSent = true;
        // Given up before anything was said of it: nothing has to be discarded.
        if (request.Reply.Task.IsCompleted)
        {
            Finished();
            return;
        }
        _sent.Enqueue(request);
        buffer.Write(request.Command);
        // Whoever closed in between has not seen it.
        if (_closed)
            request.Reply.TrySetException(Lost());
    }

    private async Task ReadAllAsync()
    {
        var reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 16 << 10, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(_closing.Token);
                reader.AdvanceTo(Deliver(read.Buffer), read.Buffer.End);
                if (read.IsCompleted)
                    throw new IOException("The peer has closed the connection.");
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            Close();
        }
    }

    /// <returns>How far the buffer holds whole replies.</returns>
    private SequencePosition Deliver(ReadOnlySequence<byte> buffer)
    {
        var whole = buffer.Start;
        while (true)
        {
            var reader = new SequenceReader<byte>(buffer.Slice(whole));
            if (!Resp.TryRead(ref reader, out var reply))
                return whole;
            whole = reader.Position;
            if (!_sent.TryDequeue(out var request))
                throw new RespProtocolException("A reply to nothing that was asked.");
            request.Reply.TrySetResult(reply);
            Finished();
        }
    }

    private void Finished()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && _retired)
            Close();
    }

    private static IOException Lost() => new("The connection was lost.");

    private static bool IsEnd(Exception failure) => failure is IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    private sealed class Request(byte[] command)
    {
        private volatile bool _isSent;

        public byte[] Command { get; } = command;

        public TaskCompletionSource<RespReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsSent
        {
            get => _isSent;
            set => _isSent = value;
        }
    }
}
