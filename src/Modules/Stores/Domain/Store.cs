using EPM.Platform.Persistence;

namespace EPM.Stores.Domain;

internal sealed class Store : ITenantOwned
{
    public Guid TenantId { get; private set; }

    /// <summary>Key in the sales tables; never given twice.</summary>
    public int StoreNo { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string RegionCode { get; private set; } = "";

    public string Country { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public decimal? Surface { get; private set; }

    public DateOnly OpenedOn { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public string TimeZone { get; private set; } = "";

    public StoreDetails Details => new(Name, RegionCode, Country, Currency, Surface, OpenedOn, ClosedOn, TimeZone);

    public static Store Open(int number, string code, StoreDetails details)
    {
        var store = new Store { StoreNo = number, Code = code };
        store.Change(details);
        return store;
    }

    public void Change(StoreDetails details)
    {
        (Name, RegionCode, Country, Currency) = (details.Name.Trim(), details.Region, details.Country, details.Currency);
        (Surface, OpenedOn, ClosedOn, TimeZone) = (details.Surface, details.OpenedOn, details.ClosedOn, details.TimeZone);
    }
}
