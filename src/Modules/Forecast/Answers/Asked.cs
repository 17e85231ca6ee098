using EPM.Platform.Http;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>What is asked of a product's forecast.</summary>
/// <param name="From">Null for the day behind the last known.</param>
/// <param name="History">Days of history shown before.</param>
internal sealed record ForecastQuery(string Sku, string? Store, string? Region, DateOnly? From, int Horizon, string Level, int History, bool Corrected)
{
    /// <summary>Canonical text: part of the cache key.</summary>
    public string Key => string.Join('|', "forecast", Sku, Store, Region, From?.DayNumber, Horizon, Level, History, Corrected);
}

/// <summary>Names of the levels that forecasts are told at.</summary>
internal static class Levels
{
    public const string Product = "product";
    public const string Category = "category";
    public const string Store = "store";
    public const string Region = "region";
    public const string Group = "group";

    public static readonly IReadOnlyList<string> All = [Product, Category, Store, Region, Group];
}

/// <summary>The cells that an answer sums up, within what the caller sees.</summary>
/// <param name="Products">Null for all the chain has.</param>
internal sealed record Asked(ProductSummary Product, string Level, StoreSummary? Store, RegionSummary? Region, IReadOnlyList<StoreSummary> Stores, IReadOnlyList<ProductSummary>? Products)
{
    public int[] StoreNos => [.. Stores.Select(store => store.StoreNo)];

    public int[]? ProductNos => Products is null ? null : [.. Products.Select(product => product.ProductNo)];

    public static Asked Of(Seen seen, ForecastQuery query)
    {
        var product = seen.Product(query.Sku);
        var store = query.Store is { Length: > 0 } code ? seen.Store(code) : null;
        // A store is summed up to its region where that is asked for.
        var region = query.Region is { Length: > 0 } named ? named : query.Level == Levels.Region ? store?.RegionCode : null;
        if (query.Level == Levels.Region)
            store = null;
        if (query.Level == Levels.Group)
            (store, region) = (null, null);
        var within = region is null ? seen.Stores : seen.Region(region);
        var stores = store is null ? within : within.Contains(store) ? [store] : throw new BadInput("forecast_store_elsewhere");
        return new Asked(product, query.Level, store, region is null ? null : seen.Map.Regions.First(one => one.Code == region), stores, query.Level switch
        {
            Levels.Product => [product],
            Levels.Category => [.. seen.Products.Where(other => seen.Catalogue.IsWithin(other, product.CategoryNo))],
            _ => seen.SeesWholeAssortment ? null : [.. seen.Products],
        });
    }
}
