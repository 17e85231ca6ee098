using System.Security.Cryptography;

namespace EPM.Platform.TenantCopies;

/// <summary>Rows of CSV on their way from one place to another: counted and hashed, and never more of them in memory than a buffer.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 1 << 17;

    /// <returns>How many rows followed the header, and the SHA-256 of everything.</returns>
    public static async Task<(long Rows, string Sha256)> RunAsync(Stream from, Stream to, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, lines, quoted) = (new byte[BufferBytes], 0L, false);
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            lines += Lines(buffer.AsSpan(0, read), ref quoted);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        return (Math.Max(0, lines - 1), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // A line ends outside quotes; a quote within quotes is written twice, which turns them off and on again.
    private static long Lines(ReadOnlySpan<byte> bytes, ref bool quoted)
    {
        var lines = 0L;
        foreach (var letter in bytes)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter == '\n' && !quoted)
                lines++;
        }
        return lines;
    }
}
