using System.IO.Compression;
using System.Text.Json;
using EPM.Platform.Http;

namespace EPM.Platform.TenantCopies;

/// <summary>A file with one chain, opened for reading.</summary>
internal sealed class TenantFile : IDisposable
{
    private const long LargestManifest = 4 << 20;

    private readonly ZipArchive _zip;
    private readonly string _name;

    private TenantFile(ZipArchive zip, string name, TenantManifest manifest, string print) => (_zip, _name, Manifest, Print) = (zip, name, manifest, print);

    public TenantManifest Manifest { get; }

    /// <summary>What this very file is known by: the seal of its manifest.</summary>
    public string Print { get; }

    /// <exception cref="BadInput">There is none, it is damaged or changed, it is not of this deployment, or not of a format that is known.</exception>
    public static TenantFile Open(string path, TenantFileSeal seal)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new BadInput("tenant_file_absent", ("file", name));
        var zip = Readable(name, () => ZipFile.OpenRead(path));
        try
        {
            var (text, mark) = Readable(name, () => (Bytes(zip, TenantFileWriter.Manifest), Bytes(zip, TenantFileWriter.Seal)));
            if (!seal.Fits(text, mark))
                throw new BadInput("tenant_file_seal", ("file", name));
            var manifest = Readable(name, () => JsonSerializer.Deserialize<TenantManifest>(text, JsonSerializerOptions.Web)!);
            return manifest.Format == TenantManifest.CurrentFormat
                ? new TenantFile(zip, name, manifest, Convert.ToHexStringLower(mark)[..16])
                : throw new BadInput("tenant_file_format", ("file", name), ("format", manifest.Format));
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>Reads all of it once, before anything is done with any of it.</summary>
    /// <exception cref="BadInput">A table is not what was written.</exception>
    public async Task VerifyAsync(CancellationToken ct)
    {
        foreach (var table in Manifest.Tables)
            await CopyAsync(table, Stream.Null, ct);
    }

    /// <summary>Hands over a table's rows, and that they are those that were written.</summary>
    /// <exception cref="BadInput">They are not: whatever was done with them has to be undone.</exception>
    public async Task CopyAsync(TableInFile table, Stream to, CancellationToken ct)
    {
        try
        {
            var entry = _zip.GetEntry(table.Entry) ?? throw new InvalidDataException();
            await using var rows = await entry.OpenAsync(ct);
            if (await HashedCopy.RunAsync(rows, to, ct) != (table.Rows, table.Sha256))
                throw new InvalidDataException();
        }
        catch (InvalidDataException)
        {
            throw new BadInput("tenant_file_table", ("file", _name), ("table", table.Name));
        }
    }

    public void Dispose() => _zip.Dispose();

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(name);
        if (entry is null or { Length: > LargestManifest })
            throw new InvalidDataException();
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static T Readable<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new BadInput("tenant_file_unreadable", ("file", name));
        }
    }
}
