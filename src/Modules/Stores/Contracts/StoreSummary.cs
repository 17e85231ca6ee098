namespace EPM.Stores.Contracts;

/// <summary>A store as other modules may know it.</summary>
/// <param name="StoreNo">The tenant's own small number of the store: its key in the sales tables.</param>
/// <param name="Code">Natural key of files and of the API.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA zone that turns an instant into the store's business date.</param>
/// <param name="ClosedOn">First day without business, or null while the store lives.</param>
/// <param name="Surface">Selling area in square metres.</param>
public sealed record StoreSummary(
    int StoreNo, string Code, string Name, string RegionCode, string RegionName, string Country, string Currency,
    string TimeZone, DateOnly OpenedOn, DateOnly? ClosedOn, decimal? Surface);

/// <summary>A region, whether or not it has stores.</summary>
public sealed record RegionSummary(string Code, string Name);

/// <summary>Days on which a store does no business, both ends included.</summary>
public sealed record StoreClosure(int StoreNo, DateOnly From, DateOnly To, string Reason);
