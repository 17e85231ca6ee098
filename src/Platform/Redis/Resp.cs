using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EPM.Platform.Redis;

internal enum RespKind
{
    Text,
    Error,
    Number,
    Bytes,
    Nothing,
    Many,
}

internal sealed record RespReply(RespKind Kind, byte[] Bytes, long Number, IReadOnlyList<RespReply> Items)
{
    public static readonly RespReply Nothing = new(RespKind.Nothing, [], 0, []);

    public string Text => Encoding.UTF8.GetString(Bytes);
}

/// <summary>The peer does not speak as Redis does: nothing that it says next can be trusted.</summary>
internal sealed class RespProtocolException(string message) : IOException(message);

/// <summary>The protocol of Redis (RESP2), with a bound on everything a peer may make us hold.</summary>
internal static class Resp
{
    public const int LargestReply = 2 << 20;

    private const int LongestLine = 1 << 10;
    private const int MostItems = 1 << 16;
    private const int Deepest = 4;

    private static ReadOnlySpan<byte> End => "\r\n"u8;

    public static byte[] Command(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        Header(buffer, '*', parts.Length);
        foreach (var part in parts)
        {
            Header(buffer, '$', part.Length);
            buffer.Write(part.Span);
            buffer.Write(End);
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Command(params ReadOnlySpan<string> parts)
    {
        var bytes = new ReadOnlyMemory<byte>[parts.Length];
        for (var at = 0; at < parts.Length; at++)
            bytes[at] = Encoding.UTF8.GetBytes(parts[at]);
        return Command(bytes);
    }

    /// <returns>False when there is not yet a whole reply; the reader is then anywhere.</returns>
    public static bool TryRead(ref SequenceReader<byte> reader, out RespReply reply, int depth = 0)
    {
        reply = RespReply.Nothing;
        if (!reader.TryRead(out var kind))
            return false;
        if (kind is not ((byte)'+' or (byte)'-' or (byte)':' or (byte)'$' or (byte)'*'))
            throw new RespProtocolException("A reply begins with an unknown kind.");
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, End))
            return reader.Remaining > LongestLine ? throw new RespProtocolException("A line is too long.") : false;
        if (line.Length > LongestLine)
            throw new RespProtocolException("A line is too long.");
        switch (kind)
        {
            case (byte)'+' or (byte)'-':
                reply = new RespReply(kind == '+' ? RespKind.Text : RespKind.Error, line.ToArray(), 0, []);
                return true;
            case (byte)':':
                reply = new RespReply(RespKind.Number, [], Number(line), []);
                return true;
            case (byte)'$':
                return TryReadBytes(ref reader, Number(line), out reply);
            default:
                return TryReadItems(ref reader, Number(line), depth, out reply);
        }
    }

    private static bool TryReadBytes(ref SequenceReader<byte> reader, long length, out RespReply reply)
    {
        reply = RespReply.Nothing;
        if (length == -1)
            return true;
        if (length is < 0 or > LargestReply)
            throw new RespProtocolException("A reply is larger than anything that was stored.");
        if (reader.Remaining < length + End.Length)
            return false;
        var bytes = new byte[length];
        reader.TryCopyTo(bytes);
        reader.Advance(length);
        if (!reader.IsNext(End, advancePast: true))
            throw new RespProtocolException("A reply does not end where it said.");
        reply = new RespReply(RespKind.Bytes, bytes, 0, []);
        return true;
    }

    private static bool TryReadItems(ref SequenceReader<byte> reader, long count, int depth, out RespReply reply)
    {
        reply = RespReply.Nothing;
        if (count == -1)
            return true;
        if (count is < 0 or > MostItems || depth >= Deepest)
            throw new RespProtocolException("A reply has more items than anything that was asked.");
        var items = new List<RespReply>();
        for (var item = 0; item < count; item++)
        {
            if (!TryRead(ref reader, out var one, depth + 1))
                return false;
            items.Add(one);
        }
        reply = new RespReply(RespKind.Many, [], 0, items);
        return true;
    }

    private static long Number(ReadOnlySequence<byte> line)
    {
        Span<byte> digits = stackalloc byte[20];
        if (line.Length is 0 or > 20)
            throw new RespProtocolException("A number is not one.");
        line.CopyTo(digits);
        return Utf8Parser.TryParse(digits[..(int)line.Length], out long number, out var read) && read == line.Length ? number : throw new RespProtocolException("A number is not one.");
    }

    private static void Header(ArrayBufferWriter<byte> buffer, char kind, int number) =>
        buffer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{number}\r\n")));
}
