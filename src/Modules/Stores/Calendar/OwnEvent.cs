using EPM.Platform.Persistence;

namespace EPM.Stores.Calendar;

/// <summary>What only this chain knows of: a fair, a derby, works in the street.</summary>
internal sealed class OwnEvent : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid EventId { get; init; } = Guid.CreateVersion7();

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Null for all countries of the chain.</summary>
    public string? Country { get; private set; }

    public DateOnly FromDay { get; private set; }

    public DateOnly ToDay { get; private set; }

    public int LeadDays { get; private set; }

    public int LagDays { get; private set; }

    /// <summary>The only stores concerned; null for all of the country.</summary>
    public int[]? StoreNos { get; private set; }

    public void Change(string code, EventDetails details, int[]? stores)
    {
        (Code, Name, Country, StoreNos) = (code, details.Name.Trim(), details.Country, stores);
        (FromDay, ToDay, LeadDays, LagDays) = (details.From, details.To, details.Lead, details.Lag);
    }

    public void Move(int days) => (FromDay, ToDay) = (FromDay.AddDays(days), ToDay.AddDays(days));
}
