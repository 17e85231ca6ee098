using System.Security.Cryptography;
using EPM.Platform.Http;
using EPM.Platform.Imports;
using EPM.Sales.Imports.Reading;

namespace EPM.Sales.Imports.Receiving;

/// <summary>An upload that was looked at whole and can be stored.</summary>
internal sealed record ReceivedFile(Layout Layout, ChunkSpool Spool, long Bytes, byte[] Sha256) : IDisposable
{
    public void Dispose() => Spool.Dispose();
}

/// <summary>Takes an upload in: one pass, bounded memory, refused as a whole or not at all.</summary>
internal sealed class UploadReceiver(IReadOnlyList<ImportColumn> columns, Mapping? mapping, string spoolFolder)
{
    /// <summary>How much of a file its layout is detected from.</summary>
    public const int HeadBytes = 256 << 10;

    private const int ChunkBytes = 1 << 20;

    public async Task<ReceivedFile> ReceiveAsync(Stream body, CancellationToken ct)
    {
        var guarded = new GuardedBody(new CountingStream(body));
        await guarded.OpenAsync(ct);
        var buffer = new byte[ChunkBytes];
        var filled = await guarded.FillAsync(buffer, ct);
        if (filled == 0)
            throw new BadInput("import_empty");
        var layout = DetectLayout(buffer.AsSpan(0, Math.Min(filled, HeadBytes)));
        var spool = new ChunkSpool(spoolFolder);
        try
        {
            var scan = new UploadScan((byte)layout.Separator, quotes: layout.Format == Layout.Csv);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long bytes = 0;
            while (filled > 0)
            {
                var last = filled < buffer.Length;
                var cut = last ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
                if (cut == 0)
                    throw new BadInput("import_line_too_long", ("line", "?"), ("most", DelimitedReader.LongestRecord));
                var piece = buffer.AsMemory(0, cut);
                scan.Scan(piece.Span);
                hash.AppendData(piece.Span);
                spool.Add(piece.Span);
                bytes += cut;
                buffer.AsSpan(cut, filled - cut).CopyTo(buffer);
                var kept = filled - cut;
                filled = last ? 0 : kept + await guarded.FillAsync(buffer.AsMemory(kept), ct);
            }
            scan.Finish();
            if (!scan.HasRecords)
                throw new BadInput("import_empty");
            return new ReceivedFile(scan.IsUtf8 ? layout : AsWindows(layout), spool, bytes, hash.GetHashAndReset());
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private Layout DetectLayout(ReadOnlySpan<byte> head)
    {
        if (head.Contains((byte)0))
            throw new BadInput("import_binary");
        var layout = LayoutResolution.Resolve(LayoutDetection.Detect(head, columns, mapping), columns, mapping, head);
        var missing = LayoutResolution.Missing(layout, columns);
        return missing.Count == 0
            ? layout
            : throw new BadInput("import_columns_missing", ("columns", string.Join(", ", missing)), ("header", string.Join(", ", layout.Header.Take(20))));
    }

    // A later line may hold the first accent of the file: no text is valid UTF-8 by chance, but plain ASCII is.
    private static Layout AsWindows(Layout layout) => layout with { Encoding = "windows-1252" };
}
