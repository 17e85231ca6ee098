namespace EPM.Sales.Rollups;

/// <summary>What every rollup row holds. Amounts and units are whole ten-thousandths; all of it adds up.</summary>
internal struct Measures
{
    /// <summary>Tickets with at least one line sold (not returned) in the cell.</summary>
    public long Tickets;
    public long Lines;

    /// <summary>Sold less returned.</summary>
    public long Units;

    /// <summary>With tax, after discount.</summary>
    public long Revenue;

    /// <summary>Without tax.</summary>
    public long Net;

    /// <summary>With tax.</summary>
    public long Discount;

    /// <summary>At purchase price, for the lines whose price is known.</summary>
    public long Cost;

    /// <summary>The part of <see cref="Net"/> whose cost is known: a margin rate is taken of this alone.</summary>
    public long CostedNet;

    public void Add(in Measures other, int sign)
    {
        Tickets += sign * other.Tickets;
        Lines += sign * other.Lines;
        Units += sign * other.Units;
        Revenue += sign * other.Revenue;
        Net += sign * other.Net;
        Discount += sign * other.Discount;
        Cost += sign * other.Cost;
        CostedNet += sign * other.CostedNet;
    }
}

/// <summary>The same at store, day and hour.</summary>
internal struct HourMeasures
{
    public long Tickets;
    public long Lines;
    public long Revenue;
}
