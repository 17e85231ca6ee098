using EPM.Platform.Persistence;

namespace EPM.Stores.Calendar;

/// <summary>What a chain has decided about one occurrence of a feast.</summary>
internal sealed class Decision : ITenantOwned
{
    public const string Confirmed = "confirmed";
    public const string Moved = "moved";
    public const string Dismissed = "dismissed";

    public Guid TenantId { get; private set; }

    public required string Code { get; init; }

    /// <summary>Empty where all countries share the feast.</summary>
    public required string Country { get; init; }

    public required DateOnly BaseDay { get; init; }

    public required string State { get; set; }

    public required DateOnly FromDay { get; set; }

    public required DateOnly ToDay { get; set; }

    public required int LeadDays { get; set; }

    public required int LagDays { get; set; }

    public FeastKey Key => new(Code, Country.Length == 0 ? null : Country, BaseDay);
}
