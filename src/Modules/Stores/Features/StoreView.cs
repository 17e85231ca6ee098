using EPM.Stores.Contracts;
using EPM.Stores.Domain;

namespace EPM.Stores.Features;

internal sealed record RegionName(string Code, string Name);

/// <summary>A store as the API tells it.</summary>
internal sealed record StoreView(
    string Code, string Name, RegionName Region, string Country, string Currency, decimal? Surface, DateOnly OpenedOn, DateOnly? ClosedOn, string TimeZone)
{
    public static StoreView Of(StoreSummary store) => new(
        store.Code, store.Name, new RegionName(store.RegionCode, store.RegionName), store.Country, store.Currency, store.Surface,
        store.OpenedOn, store.ClosedOn, store.TimeZone);

    public static StoreView Of(Store store, Region region) => new(
        store.Code, store.Name, new RegionName(region.RegionCode, region.Name), store.Country, store.Currency, store.Surface,
        store.OpenedOn, store.ClosedOn, store.TimeZone);
}
