using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using EPM.Platform.Http;
using Microsoft.AspNetCore.Http;

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
    private bool _opened;

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
        _content = _gzip ? new GZipStream(new SealedStream(pipe.AsStream()), CompressionMode.Decompress) : pipe.AsStream();
    }

    /// <returns>Bytes read; fewer than asked only at the end.</returns>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            var read = await _content!.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (_gzip)
                read = await UnsealedAsync(buffer, read, ct);
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
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            // A form that ends before its last boundary.
            throw new BadInput("import_form_broken");
        }
    }

    // The seal stands at the very end, where a file cut short never gets to.
    private async Task<int> UnsealedAsync(Memory<byte> buffer, int read, CancellationToken ct)
    {
        if (_opened)
            return 0;
        var ended = read < buffer.Length;
        if (!ended && buffer.Span[read - 1] == SealedStream.Seal)
        {
            ended = await _content!.ReadAsync(new byte[1], ct) == 0;
            if (!ended)
                throw new BadInput("import_binary");
        }
        if (!ended)
            return read;
        _opened = true;
        return read > 0 && buffer.Span[read - 1] == SealedStream.Seal ? read - 1 : throw new InvalidDataException("The compressed file is cut short.");
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
