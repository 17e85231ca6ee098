using System.IO.Compression;

namespace EPM.Sales.Imports.Receiving;

/// <summary>A stream that is only read, once, from its beginning.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts what is read through it.</summary>
internal sealed class CountingStream(Stream inner) : ForwardStream
{
    public long Count { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count += read;
        return read;
    }
}

/// <summary>
/// Adds a member of its own behind a gzip file. The framework takes a file that was cut short for one that has ended; only a whole one
/// lets the seal come out at its end, as a byte that no text holds.
/// </summary>
internal sealed class SealedStream(Stream inner) : ForwardStream
{
    public const byte Seal = 0;

    private static readonly byte[] Member = Pack();

    private int? _sealed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_sealed is null)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read > 0 || buffer.Length == 0)
                return read;
            _sealed = 0;
        }
        var given = Math.Min(buffer.Length, Member.Length - _sealed.Value);
        Member.AsMemory(_sealed.Value, given).CopyTo(buffer);
        _sealed += given;
        return given;
    }

    private static byte[] Pack()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.WriteByte(Seal);
        return target.ToArray();
    }
}
