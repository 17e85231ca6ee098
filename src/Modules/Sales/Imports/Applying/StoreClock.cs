using EPM.Platform.Imports;

namespace EPM.Sales.Imports.Applying;

/// <summary>Turns what a till's clock said into an instant and the store's business date.</summary>
internal sealed class StoreClock
{
    private const long PostgresEpochTicks = 630_822_816_000_000_000;
    private const long TicksPerMicrosecond = 10;

    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan? _fixedOffset;

    public StoreClock(string timeZone)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        // Most of West Africa keeps one offset all year: no table has to be searched a line.
        _fixedOffset = _zone.SupportsDaylightSavingTime || _zone.GetAdjustmentRules().Length > 0 ? null : _zone.BaseUtcOffset;
    }

    /// <returns>The UTC time of an instant in microseconds since 2000.</returns>
    public static DateTime Instant(long microseconds) => new((microseconds * TicksPerMicrosecond) + PostgresEpochTicks, DateTimeKind.Utc);

    /// <returns>Microseconds since 2000 of a UTC time.</returns>
    public static long Microseconds(DateTime utc) => (utc.Ticks - PostgresEpochTicks) / TicksPerMicrosecond;

    public void Set(ref SaleLine line)
    {
        var moment = line.SoldAt;
        // A time that a clock change skipped or repeated takes the zone's standard offset.
        var offset = moment.Offset ?? OffsetAt(moment.Local);
        var utc = moment.Local - offset;
        var local = moment.Offset is null ? moment.Local : utc + OffsetOfInstant(utc);
        line.Instant = Microseconds(utc);
        line.Day = DateOnly.FromDateTime(local).DayNumber;
        line.Hour = HourOf(local, moment.HasTime);
    }

    /// <summary>The same for a line that is stored already.</summary>
    public void SetStored(ref SaleLine line)
    {
        var utc = Instant(line.Instant);
        var local = utc + OffsetOfInstant(utc);
        line.Day = DateOnly.FromDateTime(local).DayNumber;
        line.Hour = HourOf(local, hasTime: true);
    }

    // Midnight to the microsecond is how a day without a time is kept.
    private static int HourOf(DateTime local, bool hasTime) => !hasTime || local.TimeOfDay == TimeSpan.Zero ? -1 : local.Hour;

    private TimeSpan OffsetAt(DateTime local) => _fixedOffset ?? _zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    private TimeSpan OffsetOfInstant(DateTime utc) => _fixedOffset ?? _zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
