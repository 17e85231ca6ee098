namespace EPM.Stores.Contracts;

/// <summary>What a store is to sell in a month.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Revenue">With tax, in the tenant's currency.</param>
public readonly record struct StoreObjective(int StoreNo, DateOnly Month, decimal Revenue);

/// <summary>Answers monthly objectives of the current tenant, in one query.</summary>
public interface IObjectives
{
    /// <param name="storeNos">Stores asked for; null for all.</param>
    /// <param name="from">Any day of the first month.</param>
    /// <param name="to">Any day of the last month.</param>
    /// <returns>Only months that have an objective, by store and month.</returns>
    Task<IReadOnlyList<StoreObjective>> MonthlyAsync(IReadOnlyCollection<int>? storeNos, DateOnly from, DateOnly to, CancellationToken ct);
}
