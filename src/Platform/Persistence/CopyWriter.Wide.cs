using System.Buffers.Binary;
using System.Text;

namespace EPM.Platform.Persistence;

/// <summary>Fields of rows that hold more than keys and counts: nulls, fractions, moments, arrays and documents.</summary>
public sealed partial class CopyWriter
{
    private const int FloatOid = 700;
    private const int DateOid = 1082;
    private const int ArrayHeader = 20;

    private static readonly DateTimeOffset PostgresEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Null()
    {
        Reserve(4);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_used), -1);
        _used += 4;
    }

    public void Real(float value) => BinaryPrimitives.WriteSingleBigEndian(Field(4), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleBigEndian(Field(8), value);

    /// <summary>A <c>timestamptz</c>, to the microsecond.</summary>
    public void Moment(DateTimeOffset value) => Int64((value - PostgresEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>A <c>jsonb</c>.</summary>
    public void Json(string document)
    {
        var bytes = Encoding.UTF8.GetByteCount(document);
        var field = Field(bytes + 1);
        // The one version of the format there is.
        field[0] = 1;
        Encoding.UTF8.GetBytes(document, field[1..]);
    }

    /// <summary>A <c>real[]</c>: what a forecast has digits for.</summary>
    public void Reals(ReadOnlySpan<double> values)
    {
        var field = Array(values.Length, FloatOid);
        for (var i = 0; i < values.Length; i++, field = field[8..])
        {
            BinaryPrimitives.WriteInt32BigEndian(field, 4);
            BinaryPrimitives.WriteSingleBigEndian(field[4..], (float)values[i]);
        }
    }

    /// <summary>A <c>date[]</c>.</summary>
    public void Dates(IReadOnlyList<DateOnly> values)
    {
        var field = Array(values.Count, DateOid);
        for (var i = 0; i < values.Count; i++, field = field[8..])
        {
            BinaryPrimitives.WriteInt32BigEndian(field, 4);
            BinaryPrimitives.WriteInt32BigEndian(field[4..], values[i].DayNumber - PostgresEpochDay);
        }
    }

    // One dimension from 1, no nulls, elements of four bytes each behind their length; an empty array has no dimension.
    private Span<byte> Array(int length, int oid)
    {
        var field = Field(length == 0 ? ArrayHeader - 8 : ArrayHeader + (8 * length));
        BinaryPrimitives.WriteInt32BigEndian(field, length == 0 ? 0 : 1);
        BinaryPrimitives.WriteInt32BigEndian(field[4..], 0);
        BinaryPrimitives.WriteInt32BigEndian(field[8..], oid);
        if (length == 0)
            return [];
        BinaryPrimitives.WriteInt32BigEndian(field[12..], length);
        BinaryPrimitives.WriteInt32BigEndian(field[16..], 1);
        return field[ArrayHeader..];
    }
}
