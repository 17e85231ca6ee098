namespace EPM.Forecast.Domain;

/// <summary>Quantities between the engine's floating point and the planner's exact ten-thousandths of a unit.</summary>
internal static class Quantity
{
    private const decimal Most = 10_000_000_000_000;
    private const long MostOfAll = 4_000_000_000_000_000_000;

    /// <summary>No forecast is below nothing, nor is one that cannot be told.</summary>
    public static long OfMean(double mean) => mean > 0 ? (long)Math.Round(Math.Min(mean, 1e9) * Formula.Unit, MidpointRounding.AwayFromZero) : 0;

    public static double Units(long tenThousandths) => tenThousandths / (double)Formula.Unit;

    /// <summary>Whoever multiplies again and again comes to an end at a billion units a day.</summary>
    public static long Times(long quantity, decimal factor) => (long)Math.Min(Most, decimal.Round(quantity * factor, MidpointRounding.AwayFromZero));

    /// <summary>A sum that many large ones do not carry over the edge.</summary>
    public static long Plus(long sum, long quantity) => Math.Min(MostOfAll, sum + quantity);
}
