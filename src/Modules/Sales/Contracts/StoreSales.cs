namespace EPM.Sales.Contracts;

/// <summary>What one store sold of some products on every day of a period. Amounts and units are whole ten-thousandths, so that they add up exactly.</summary>
public sealed class StoreSales
{
    private readonly long[] _units;
    private readonly long[] _revenue;
    private readonly Dictionary<int, int> _rows;

    public StoreSales(int storeNo, IReadOnlyList<int> productNos, DateOnly first, DateOnly last)
    {
        (StoreNo, ProductNos, First) = (storeNo, productNos, first);
        Days = Math.Max(0, last.DayNumber - first.DayNumber + 1);
        _units = new long[productNos.Count * Days];
        _revenue = new long[productNos.Count * Days];
        _rows = new Dictionary<int, int>(productNos.Count);
        for (var i = 0; i < productNos.Count; i++)
            _rows[productNos[i]] = i;
    }

    public int StoreNo { get; }

    public IReadOnlyList<int> ProductNos { get; }

    /// <summary>The day that the first value of each product is of.</summary>
    public DateOnly First { get; }

    public int Days { get; }

    /// <summary>Units sold less those taken back, one value a day; 0 where nothing was sold.</summary>
    public ReadOnlySpan<long> UnitsOf(int productNo) => _units.AsSpan(_rows[productNo] * Days, Days);

    /// <summary>Revenue with tax after discounts, one value a day.</summary>
    public ReadOnlySpan<long> RevenueOf(int productNo) => _revenue.AsSpan(_rows[productNo] * Days, Days);

    public void Set(int productNo, DateOnly day, long units, long revenue)
    {
        var at = (_rows[productNo] * Days) + day.DayNumber - First.DayNumber;
        _units[at] = units;
        _revenue[at] = revenue;
    }
}
