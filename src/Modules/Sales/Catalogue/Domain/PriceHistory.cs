namespace EPM.Sales.Catalogue;

/// <summary>Purchase prices of one product over time.</summary>
internal sealed class PriceHistory(int productNo, IEnumerable<ProductCost> known)
{
    private readonly List<ProductCost> _prices = [.. known.OrderBy(price => price.ValidFrom)];

    /// <summary>Prices to be stored for the first time.</summary>
    public List<ProductCost> Added { get; } = [];

    public decimal? On(DateOnly day) => _prices.FindLast(price => price.ValidFrom <= day)?.Cost;

    /// <summary>A price told today holds from today; the first ever told also covers what was sold before.</summary>
    /// <returns>The first day whose price is another now, or null when nothing changed.</returns>
    public DateOnly? Tell(decimal cost, DateOnly today)
    {
        if (On(today) == cost)
            return null;
        var from = _prices.Count == 0 ? DateOnly.MinValue : today;
        if (_prices.Find(price => price.ValidFrom == from) is { } same)
        {
            same.Cost = cost;
            return from;
        }
        var told = new ProductCost { ProductNo = productNo, ValidFrom = from, Cost = cost };
        _prices.Insert(_prices.FindLastIndex(price => price.ValidFrom < from) + 1, told);
        Added.Add(told);
        return from;
    }
}
