namespace EPM.Sales.Imports.Applying;

/// <summary>One sale line on its way in. Amounts and quantities are whole ten-thousandths.</summary>
internal struct SaleLine
{
    /// <summary>Line of the file, for messages.</summary>
    public long FileLine;

    /// <summary>Where the line as it stands in the file is kept in its batch.</summary>
    public int RawStart;
    public int RawLength;

    /// <summary>Index of the store and product in the file's own lists of codes.</summary>
    public int StoreIndex;
    public int ProductIndex;

    /// <summary>The tenant's numbers, once the codes are resolved.</summary>
    public int StoreNo;
    public int ProductNo;

    /// <summary>Clock time as told; see <see cref="Platform.Imports.Moment"/>.</summary>
    public Platform.Imports.Moment SoldAt;

    /// <summary>Microseconds since 2000-01-01 UTC, as Postgres keeps a timestamptz.</summary>
    public long Instant;

    /// <summary>Business date as a day number (<see cref="DateOnly.DayNumber"/>).</summary>
    public int Day;

    /// <summary>Hour at the store, or -1 when only the day is known.</summary>
    public int Hour;

    public string Ticket;
    public string Customer;
    public short Line;

    /// <summary>Basis points, or <see cref="Unknown"/>: then the product's own rate holds.</summary>
    public int TaxBasisPoints;
    public long Quantity;

    /// <summary>With tax, or <see cref="NoPrice"/>: then the product's own price holds.</summary>
    public long UnitPrice;
    public long Discount;

    public const int Unknown = -1;
    public const long NoPrice = long.MinValue;
}

/// <summary>Why a line of the file was not taken.</summary>
/// <param name="Content">The line as it stands in the file, cut if very long.</param>
internal sealed record RejectedLine(long FileLine, string Content, IReadOnlyList<Platform.Imports.RowError> Errors);
