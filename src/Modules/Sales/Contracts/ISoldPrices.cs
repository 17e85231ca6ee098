namespace EPM.Sales.Contracts;

/// <summary>Answers what units brought of late, offers and returns included.</summary>
public interface ISoldPrices
{
    /// <returns>Revenue with tax for a unit that a day ended up with, by product and store; what was not sold in the period is left out.</returns>
    Task<IReadOnlyDictionary<CellKey, double>> PerUnitAsync(IReadOnlyCollection<int> storeNos, DateOnly from, DateOnly to, CancellationToken ct);
}
