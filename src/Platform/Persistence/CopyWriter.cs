using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// Encodes rows of a binary COPY by hand: the server's own work is the limit then, not the client's. Into a temporary table only:
/// Postgres refuses COPY behind row-level security.
/// Wire format: PostgreSQL documentation, COPY, « Binary Format ».
/// </summary>
public sealed partial class CopyWriter : IAsyncDisposable
{
    private const int FlushAt = 1 << 18;
    private const int PostgresEpochDay = 730_119;

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[FlushAt + (1 << 16)];
    private int _used;
    private bool _complete;

    private CopyWriter(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        Header.CopyTo(_buffer.AsSpan());
        _used = Header.Length;
    }

    /// <param name="copy"><c>COPY table (columns) FROM STDIN (FORMAT BINARY)</c>.</param>
    public static async Task<CopyWriter> BeginAsync(NpgsqlConnection connection, string copy, CancellationToken ct) =>
        new(await connection.BeginRawBinaryCopyAsync(copy, ct));

    /// <summary>True when the buffer is worth a trip: <see cref="FlushAsync"/> before the next row.</summary>
    public bool IsFull => _used >= FlushAt;

    /// <summary>Begins a row of so many fields.</summary>
    public void Row(short fields)
    {
        Reserve(2);
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), fields);
        _used += 2;
    }

    public void Uuid(Guid value)
    {
        var field = Field(16);
        value.TryWriteBytes(field, bigEndian: true, out _);
    }

    public void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(8), value);

    /// <param name="dayNumber"><see cref="DateOnly.DayNumber"/>.</param>
    public void Date(int dayNumber) => Int32(dayNumber - PostgresEpochDay);

    public void Text(string value)
    {
        Reserve(4 + (value.Length * 3));
        var written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_used + 4));
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_used), written);
        _used += 4 + written;
    }

    /// <summary>A numeric given in whole ten-thousandths: Postgres keeps numerics in digits of base 10,000, so no digit is cut.</summary>
    public void Numeric(long tenThousandths)
    {
        Span<short> digits = stackalloc short[6];
        var magnitude = (ulong)Math.Abs(tenThousandths);
        var fraction = (short)(magnitude % 10_000);
        var whole = magnitude / 10_000;
        var count = 0;
        for (; whole > 0; whole /= 10_000)
            digits[count++] = (short)(whole % 10_000);
        var all = count + (fraction == 0 ? 0 : 1);
        var field = Field(8 + (2 * all));
        BinaryPrimitives.WriteInt16BigEndian(field, (short)all);
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)(count - 1));
        BinaryPrimitives.WriteInt16BigEndian(field[4..], (short)(tenThousandths < 0 ? 0x4000 : 0));
        BinaryPrimitives.WriteInt16BigEndian(field[6..], DisplayScale(fraction));
        for (var i = 0; i < count; i++)
            BinaryPrimitives.WriteInt16BigEndian(field[(8 + (2 * i))..], digits[count - 1 - i]);
        if (fraction != 0)
            BinaryPrimitives.WriteInt16BigEndian(field[(8 + (2 * count))..], fraction);
    }

    /// <summary>Sends the rest and ends the copy; without it nothing was copied.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        Reserve(2);
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), -1);
        _used += 2;
        await FlushAsync(ct);
        _complete = true;
        await _stream.DisposeAsync();
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), ct);
        _used = 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_complete)
            await _stream.CancelAsync();
    }

    private Span<byte> Field(int length)
    {
        Reserve(length + 4);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_used), length);
        _used += 4 + length;
        return _buffer.AsSpan(_used - length, length);
    }

    private void Reserve(int bytes)
    {
        if (_used + bytes > _buffer.Length)
            System.Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + bytes));
    }

    private static short DisplayScale(short fraction) => fraction switch
    {
        0 => 0,
        _ when fraction % 1000 == 0 => 1,
        _ when fraction % 100 == 0 => 2,
        _ when fraction % 10 == 0 => 3,
        _ => 4,
    };
}
