using System.Globalization;

namespace EPM.Platform.Audit;

/// <summary>The newest entry of a chain at a moment, told outside the database.</summary>
public sealed record AuditAnchor(DateTimeOffset At, Guid Tenant, long Number, byte[] Hash)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{At.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Tenant} {Number} {Convert.ToHexStringLower(Hash)}");

    /// <returns>Null for a line that is none, as a crash may leave one.</returns>
    public static AuditAnchor? Of(string line) =>
        line.Split(' ') is [var at, var tenant, var number, { Length: 64 } hash]
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when)
            && Guid.TryParse(tenant, out var id) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && hash.All(char.IsAsciiHexDigit)
            ? new AuditAnchor(when, id, place, Convert.FromHexString(hash))
            : null;
}
