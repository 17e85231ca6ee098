using System.Runtime.InteropServices;
using EPM.Sales.Imports.Applying;

namespace EPM.Sales.Rollups;

/// <summary>How much the lines of one transaction change each rollup cell. Tickets are taken whole, so that each counts once a level.</summary>
internal sealed class RollupDelta(Func<int, int[]> categoryPath, Func<int, int, long?> costOf)
{
    /// <summary>The category that stands for the whole store.</summary>
    public const int WholeStore = 0;

    private readonly HashSet<int> _counted = [];
    private readonly List<SaleLine> _oneDay = [];

    public Dictionary<(int Category, int Store, int Day), Measures> ByCategory { get; } = [];

    public Dictionary<(int Store, int Day, int Product), Measures> ByProduct { get; } = [];

    public Dictionary<(int Store, int Day, int Hour), HourMeasures> ByHour { get; } = [];

    /// <summary>Whether lines leave a cell, which may then be empty.</summary>
    public bool Empties => ByProduct.Values.Any(cell => cell.Lines < 0) || ByHour.Values.Any(cell => cell.Lines < 0);

    /// <summary>Adds (+1) or takes away (−1) all lines of one ticket of one store.</summary>
    public void Ticket(int sign, ReadOnlySpan<SaleLine> lines)
    {
        if (lines.IsEmpty)
            return;
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Day != lines[0].Day)
            {
                EachDay(sign, lines);
                return;
            }
        }
        OneDay(sign, lines);
    }

    // A receipt that is corrected another day counts on both.
    private void EachDay(int sign, ReadOnlySpan<SaleLine> lines)
    {
        var days = new SortedSet<int>();
        foreach (ref readonly var line in lines)
            days.Add(line.Day);
        foreach (var day in days)
        {
            _oneDay.Clear();
            foreach (ref readonly var line in lines)
            {
                if (line.Day == day)
                    _oneDay.Add(line);
            }
            OneDay(sign, CollectionsMarshal.AsSpan(_oneDay));
        }
    }

    private void OneDay(int sign, ReadOnlySpan<SaleLine> lines)
    {
        foreach (ref readonly var line in lines)
            Line(sign, in line);
        if (lines[0].Ticket is ['=', ..])
            return;
        _counted.Clear();
        int store = lines[0].StoreNo, day = lines[0].Day, hour = -1;
        var sold = false;
        foreach (ref readonly var line in lines)
        {
            if (line.Quantity <= 0)
                continue;
            sold = true;
            // The earliest hour of a line sold: the same whatever order the lines come in.
            if (line.Hour >= 0 && (hour < 0 || line.Hour < hour))
                hour = line.Hour;
            if (lines.Length == 1 || _counted.Add(-line.ProductNo - 1))
                At(ByProduct, (store, day, line.ProductNo)).Tickets += sign;
            foreach (var category in categoryPath(line.ProductNo))
            {
                if (lines.Length == 1 || _counted.Add(category))
                    At(ByCategory, (category, store, day)).Tickets += sign;
            }
        }
        if (!sold)
            return;
        At(ByCategory, (WholeStore, store, day)).Tickets += sign;
        if (hour >= 0)
            At(ByHour, (store, day, hour)).Tickets += sign;
    }

    private void Line(int sign, in SaleLine line)
    {
        var revenue = Amount.Times(line.Quantity, line.UnitPrice) - line.Discount;
        var net = Amount.WithoutTax(revenue, line.TaxBasisPoints);
        var cost = costOf(line.ProductNo, line.Day);
        var one = new Measures
        {
            Lines = 1,
            Units = line.Quantity,
            Revenue = revenue,
            Net = net,
            Discount = line.Discount,
            Cost = cost is { } price ? Amount.Times(line.Quantity, price) : 0,
            CostedNet = cost is null ? 0 : net,
        };
        At(ByProduct, (line.StoreNo, line.Day, line.ProductNo)).Add(one, sign);
        At(ByCategory, (WholeStore, line.StoreNo, line.Day)).Add(one, sign);
        foreach (var category in categoryPath(line.ProductNo))
            At(ByCategory, (category, line.StoreNo, line.Day)).Add(one, sign);
        if (line.Hour < 0)
            return;
        ref var hour = ref At(ByHour, (line.StoreNo, line.Day, line.Hour));
        hour.Lines += sign;
        hour.Revenue += sign * revenue;
    }

    private static ref TValue At<TKey, TValue>(Dictionary<TKey, TValue> cells, TKey key)
        where TKey : notnull
        where TValue : struct =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(cells, key, out _)!;
}
