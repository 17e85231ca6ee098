namespace EPM.Forecast.Domain;

/// <summary>Quantities between the engine's floating point and the planner's exact ten-thousandths of a unit.</summary>
internal static class Quantity
{
    /// <summary>No forecast is below nothing, nor is one that cannot be told.</summary>
    public static long OfMean(double mean) => mean > 0 ? (long)Math.Round(Math.Min(mean, 1e12) * Formula.Unit, MidpointRounding.AwayFromZero) : 0;

    public static double Units(long tenThousandths) => tenThousandths / (double)Formula.Unit;

    public static long Times(long quantity, decimal factor) => (long)decimal.Round(quantity * factor, MidpointRounding.AwayFromZero);
}
