using System.IO.Compression;
using System.Text.Json;

namespace EPM.Platform.TenantCopies;

/// <summary>
/// Writes one chain into a zip of CSV files. It has another name until it is whole and on disk, and nobody but its owner may read it.
/// </summary>
internal sealed class TenantFileWriter : IDisposable
{
    public const string Manifest = "manifest.json";
    public const string Seal = "manifest.seal";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;

    public TenantFileWriter(string path)
    {
        _path = path;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(Unfinished, options);
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    private string Unfinished => _path + ".part";

    public Stream Begin(string entry) => _zip.CreateEntry(entry, CompressionLevel.Fastest).Open();

    /// <returns>How large the file has become.</returns>
    public long Finish(TenantManifest manifest, TenantFileSeal seal)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, Indented);
        using (var entry = Begin(Manifest))
            entry.Write(bytes);
        using (var entry = Begin(Seal))
            entry.Write(seal.Of(bytes));
        _zip.Dispose();
        _file.Flush(flushToDisk: true);
        var length = _file.Length;
        _file.Dispose();
        File.Move(Unfinished, _path, overwrite: false);
        return length;
    }

    public void Dispose()
    {
        if (!_file.CanWrite)
            return;
        _file.Dispose();
        File.Delete(Unfinished);
    }
}
