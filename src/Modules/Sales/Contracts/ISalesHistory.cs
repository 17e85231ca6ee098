namespace EPM.Sales.Contracts;

/// <summary>Answers what the current tenant's stores sold, day by day, to those who learn from it. Only what was committed is told.</summary>
public interface ISalesHistory
{
    /// <returns>How far the sales of each store are known, and a mark to ask for later changes by.</returns>
    Task<SalesStand> StandAsync(CancellationToken ct);

    /// <summary>Every product a store ever sold.</summary>
    /// <param name="storeNos">Null for all.</param>
    /// <param name="productNos">Null for all.</param>
    /// <returns>By store and product.</returns>
    Task<IReadOnlyList<SoldCell>> CellsAsync(IReadOnlyCollection<int>? storeNos, IReadOnlyCollection<int>? productNos, CancellationToken ct);

    /// <summary>What may have changed since a mark was given: some of it may turn out to be as it was, nothing that changed is missing.</summary>
    /// <param name="mark"><see cref="SalesStand.Mark"/> of then; 0 for everything.</param>
    /// <returns>By store and product.</returns>
    Task<IReadOnlyList<CellKey>> ChangedAsync(long mark, CancellationToken ct);

    /// <summary>Reads the sales of a store in one query.</summary>
    /// <param name="productNos">A few hundred at a time.</param>
    Task<StoreSales> ReadAsync(int storeNo, IReadOnlyList<int> productNos, DateOnly from, DateOnly to, CancellationToken ct);

    /// <summary>What one product sold in some stores on some days; days without a sale are left out.</summary>
    Task<IReadOnlyList<DaySales>> OfProductAsync(int productNo, IReadOnlyCollection<int> storeNos, IReadOnlyCollection<DateOnly> days, CancellationToken ct);

    /// <summary>What whole categories sold, with all below them, in some stores on some days; days without a sale are left out.</summary>
    /// <param name="categoryNos">None of them above another; 0 alone for everything a store sells.</param>
    Task<IReadOnlyList<DaySales>> OfCategoriesAsync(
        IReadOnlyCollection<int> categoryNos, IReadOnlyCollection<int> storeNos, IReadOnlyCollection<DateOnly> days, CancellationToken ct);

    /// <summary>Units of each product in some stores over a period, both ends included; products that sold nothing are left out.</summary>
    Task<IReadOnlyDictionary<int, decimal>> UnitsAsync(IReadOnlyCollection<int> storeNos, DateOnly from, DateOnly to, CancellationToken ct);
}

/// <summary>A product in a store.</summary>
public readonly record struct CellKey(int StoreNo, int ProductNo);

/// <param name="First">First business date on which anything was sold or taken back.</param>
/// <param name="Last">The last one.</param>
/// <param name="Days">How many there are.</param>
public sealed record SoldCell(CellKey Key, DateOnly First, DateOnly Last, int Days);

/// <summary>How far sales are known.</summary>
/// <param name="Mark">Grows with every import that has ended.</param>
/// <param name="Stores">First and last known business date of every store that has sales.</param>
/// <param name="Importing">Whether an import is waiting or under way.</param>
/// <param name="ImportedAt">When the last one ended; null before the first.</param>
public sealed record SalesStand(long Mark, IReadOnlyDictionary<int, SalesDays> Stores, bool Importing, DateTimeOffset? ImportedAt);

/// <summary>Business dates, both ends included.</summary>
public readonly record struct SalesDays(DateOnly First, DateOnly Last);

/// <summary>What was sold on a day, of several products or in several stores together.</summary>
/// <param name="Revenue">With tax, after discounts, in the tenant's currency.</param>
public readonly record struct DaySales(DateOnly Day, decimal Units, decimal Revenue);
