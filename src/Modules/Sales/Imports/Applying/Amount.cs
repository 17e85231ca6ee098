namespace EPM.Sales.Imports.Applying;

/// <summary>Arithmetic on whole ten-thousandths, rounded half away from zero as Postgres rounds numeric.</summary>
internal static class Amount
{
    public const long Scale = Platform.Imports.FieldFormat.Scale;

    private const long Most = 1_000_000_000_000L * Scale;

    /// <summary>Whether quantity times price stays below a million million.</summary>
    public static bool Fits(long quantity, long price) =>
        price == SaleLine.NoPrice || Math.Abs((double)quantity * price / Scale) < Most;

    /// <summary>Product of two scaled numbers.</summary>
    public static long Times(long left, long right)
    {
        var product = Math.BigMul(left, right, out var low);
        return product is 0 or -1 && (product < 0) == (low < 0) ? Divide(low, Scale) : (long)Divide(((Int128)product << 64) | (ulong)low, Scale);
    }

    /// <summary>Amount without the tax it includes.</summary>
    public static long WithoutTax(long amount, int basisPoints) =>
        basisPoints == 0 ? amount : (long)Divide((Int128)amount * Scale, Scale + basisPoints);

    public static decimal ToDecimal(long scaled) => scaled / (decimal)Scale;

    /// <returns>The same number without zeros behind its last decimal.</returns>
    public static decimal Plain(decimal value) => value / 1.000000000000000000000000000000m;

    public static long FromDecimal(decimal value) => (long)decimal.Round(value * Scale, MidpointRounding.AwayFromZero);

    private static long Divide(long value, long by) => (value + (value < 0 ? -by / 2 : by / 2)) / by;

    private static Int128 Divide(Int128 value, long by) => (value + (value < 0 ? -by / 2 : by / 2)) / by;
}
