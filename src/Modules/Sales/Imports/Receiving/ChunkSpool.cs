using System.Buffers.Binary;
using System.IO.Compression;

namespace EPM.Sales.Imports.Receiving;

/// <summary>
/// Keeps compressed chunks until the whole upload has been looked at: small ones in memory, more in a file that nobody else can
/// open and that is gone with the handle.
/// </summary>
internal sealed class ChunkSpool(string folder) : IDisposable
{
    private const int InMemory = 8 << 20;

    private readonly List<byte[]> _kept = [];
    private FileStream? _file;
    private long _bytes;

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> content)
    {
        var compressed = Compress(content);
        Count++;
        _bytes += compressed.Length;
        if (_file is null && _bytes <= InMemory)
        {
            _kept.Add(compressed);
            return;
        }
        _file ??= OpenFile();
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, compressed.Length);
        _file.Write(length);
        _file.Write(compressed);
    }

    /// <summary>All chunks, in the order they came.</summary>
    public IEnumerable<byte[]> Chunks()
    {
        foreach (var chunk in _kept)
            yield return chunk;
        if (_file is null)
            yield break;
        _file.Position = 0;
        var length = new byte[4];
        while (_file.ReadAtLeast(length, 4, throwOnEndOfStream: false) == 4)
        {
            var chunk = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            _file.ReadExactly(chunk);
            yield return chunk;
        }
    }

    public void Dispose() => _file?.Dispose();

    private FileStream OpenFile()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        // On a system that can, the name goes at once: a killed process leaves nothing behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var target = new MemoryStream(content.Length / 4);
        using (var deflate = new DeflateStream(target, CompressionLevel.Fastest))
            deflate.Write(content);
        return target.ToArray();
    }
}
