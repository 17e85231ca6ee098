using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EPM.Platform.Audit;

/// <summary>
/// The bytes an entry's hash is made over. Every field has its length in front and nothing is not the same as empty, so that no two
/// different entries have the same bytes.
/// </summary>
internal static class AuditEncoding
{
    private const int Absent = -1;

    public static byte[] Of(Guid tenant, long number, AuditEntry entry, string keyId, ReadOnlySpan<byte> previous)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        Put(bytes, "epm audit entry 1"u8);
        Put(bytes, tenant.ToByteArray(bigEndian: true));
        Put(bytes, number);
        Put(bytes, (entry.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Put(bytes, entry.UserId?.ToString());
        foreach (var text in (ReadOnlySpan<string?>)[entry.UserName, entry.UserEmail, entry.Via, entry.Action, entry.Subject, entry.Before, entry.After, entry.Address, entry.Agent, keyId])
            Put(bytes, text);
        Put(bytes, previous);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Put(ArrayBufferWriter<byte> bytes, string? text)
    {
        if (text is null)
            Length(bytes, Absent);
        else
            Put(bytes, Encoding.UTF8.GetBytes(text));
    }

    private static void Put(ArrayBufferWriter<byte> bytes, long value)
    {
        Span<byte> fixedSize = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(fixedSize, value);
        Put(bytes, fixedSize);
    }

    private static void Put(ArrayBufferWriter<byte> bytes, ReadOnlySpan<byte> value)
    {
        Length(bytes, value.Length);
        bytes.Write(value);
    }

    private static void Length(ArrayBufferWriter<byte> bytes, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), length);
        bytes.Advance(4);
    }
}
