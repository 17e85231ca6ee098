using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPM.Benchmarks.Http;

/// <summary>An answer, valid until the next request on its connection.</summary>
internal readonly ref struct Received(int status, ReadOnlySpan<byte> body)
{
    public int Status { get; } = status;

    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>
/// One kept-alive connection that sends prepared bytes and reads exactly one answer: a client that costs next to nothing, so that
/// what is measured is the server.
/// </summary>
internal sealed class KeptConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[1 << 16];
    private int _filled;

    public KeptConnection(int port)
    {
        _socket.ReceiveTimeout = 60_000;
        _socket.Connect(IPAddress.Loopback, port);
    }

    public static byte[] Get(int port, string host, string path, string? token = null, bool compressed = false) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}{(compressed ? "Accept-Encoding: br\r\n" : "")}\r\n");

    public Received Send(ReadOnlySpan<byte> request)
    {
        _socket.Send(request);
        _filled = 0;
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            Receive();
        var headers = _buffer.AsSpan(0, head + 2);
        if (!Utf8Parser.TryParse(headers[9..], out int status, out _))
            throw new IOException("An answer without a status.");
        var start = head + 4;
        if (Header(headers, "\r\nContent-Length: "u8) is { IsEmpty: false } length && Utf8Parser.TryParse(length, out int bytes, out _))
        {
            while (_filled < start + bytes)
                Receive();
            return new Received(status, _buffer.AsSpan(start, bytes));
        }
        return Header(headers, "\r\nTransfer-Encoding: "u8).IsEmpty ? new Received(status, []) : new Received(status, Chunks(start));
    }

    public void Dispose() => _socket.Dispose();

    // Chunks are moved together in place, behind the headers.
    private ReadOnlySpan<byte> Chunks(int start)
    {
        var (at, end) = (start, start);
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
                Receive();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, line), out int size, out _, 'x'))
                throw new IOException("A chunk without a size.");
            at += line + 2;
            while (_filled < at + size + 2)
                Receive();
            if (size == 0)
                return _buffer.AsSpan(start, end - start);
            _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(end));
            end += size;
            at += size + 2;
        }
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        var at = headers.IndexOf(name);
        return at < 0 ? [] : headers[(at + name.Length)..];
    }

    private void Receive()
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var got = _socket.Receive(_buffer, _filled, _buffer.Length - _filled, SocketFlags.None);
        if (got == 0)
            throw new IOException("The server closed the connection.");
        _filled += got;
    }
}
