using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using EPM.Platform.Http;

namespace EPM.Sales.Imports.Receiving;

/// <summary>The one reader of uploads: opens gzip, counts what comes out of it, and stops bombs and endless bodies.</summary>
internal sealed class GuardedBody(CountingStream packed)
{
    /// <summary>Largest file taken, unpacked.</summary>
    public const long MostBytes = 4L << 30;

    // Sales files shrink to a tenth or so; only an attack shrinks to a hundredth.
    private const long RatioCountsFrom = 4 << 20;
    private const long MostRatio = 100;

    private Stream? _content;
    private long _given;
    private bool _gzip;

    /// <summary>Looks at the first bytes and refuses archives and encodings that are no text file.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        var pipe = PipeReader.Create(packed);
        var first = await pipe.ReadAtLeastAsync(4, ct);
        var magic = new byte[Math.Min(4, first.Buffer.Length)];
        first.Buffer.Slice(0, magic.Length).CopyTo(magic);
        pipe.AdvanceTo(first.Buffer.Start);
        Refuse(magic);
        _gzip = magic is [0x1F, 0x8B, ..];
        _content = _gzip ? new GZipStream(pipe.AsStream(), CompressionMode.Decompress) : pipe.AsStream();
    }

    /// <returns>Bytes read; fewer than asked only at the end.</returns>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            var read = await _content!.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (_given == 0 && _gzip)
                Refuse(buffer.Span[..Math.Min(4, read)]);
            _given += read;
            if (_given > MostBytes)
                throw new TooLarge("import_too_large");
            if (_gzip && _given > RatioCountsFrom && _given / MostRatio > packed.Count)
                throw new TooLarge("import_bomb");
            return read;
        }
        catch (InvalidDataException)
        {
            throw new BadInput("import_gzip_broken");
        }
    }

    private static void Refuse(ReadOnlySpan<byte> magic)
    {
        if (magic is [(byte)'P', (byte)'K', ..])
            throw new UnsupportedKind("import_archive");
        if (magic is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new UnsupportedKind("import_utf16");
        if (magic is [(byte)'%', (byte)'P', (byte)'D', (byte)'F'] or [0xD0, 0xCF, 0x11, 0xE0])
            throw new UnsupportedKind("import_not_text");
    }
}

/// <summary>Counts what is read through it.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
