using System.IO.Compression;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Imports.Running;

/// <summary>The file of an import as one stream, fetched chunk by chunk: any host can go on where another stopped.</summary>
internal sealed class StoredFile(Database database, Guid tenant, Guid import) : Stream
{
    private byte[] _chunk = [];
    private int _used;
    private int _next;
    private long _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Interlocked.Read(ref _given);
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_used == _chunk.Length && !Fetch())
            return 0;
        var count = Math.Min(buffer.Length, _chunk.Length - _used);
        _chunk.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        Interlocked.Add(ref _given, count);
        return count;
    }

    // The reading side has a thread of its own: waiting there is what it is for.
    private bool Fetch()
    {
        using var connection = database.Source.OpenConnection();
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(TenantSession.BindTenantReadOnly) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } } },
                new("SELECT content FROM sales.import_chunk WHERE tenant_id = $1 AND import_id = $2 AND chunk_no = $3")
                {
                    Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<Guid> { TypedValue = import }, new NpgsqlParameter<int> { TypedValue = _next } },
                },
            },
        };
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        if (!reader.Read())
            return false;
        _next++;
        using var inflate = new DeflateStream(new MemoryStream(reader.GetFieldValue<byte[]>(0)), CompressionMode.Decompress);
        using var whole = new MemoryStream(1 << 20);
        inflate.CopyTo(whole);
        _chunk = whole.ToArray();
        _used = 0;
        return _chunk.Length > 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
