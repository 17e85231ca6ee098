namespace EPM.Stores.Contracts;

/// <summary>Which day it is where business is done.</summary>
public static class BusinessDay
{
    /// <param name="timeZone">IANA zone, of a store or of the tenant.</param>
    public static DateOnly Today(TimeProvider time, string timeZone) => Of(time.GetUtcNow(), timeZone);

    /// <param name="timeZone">IANA zone, of a store or of the tenant.</param>
    public static DateOnly Of(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
}
