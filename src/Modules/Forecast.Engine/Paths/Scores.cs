using System.Runtime.CompilerServices;

namespace EPM.Forecast.Engine.Paths;

/// <summary>From normal scores to values of a <see cref="Marginal"/> table, by a table of the normal distribution (error below 10⁻⁵).</summary>
internal static class Scores
{
    private const double Reach = 6;
    private const int PerUnit = 128;

    private static readonly double[] Fortieths = [.. Enumerable.Range(0, (int)(2 * Reach * PerUnit) + 2).Select(i => Marginal.Cells * Probability((i / (double)PerUnit) - Reach))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Value(double[] table, double score)
    {
        if (score >= Marginal.Edge)
            return table[Marginal.Cells - 1] + (table[Marginal.Cells] * (Math.Min(score, Reach) - Marginal.Edge));
        if (score <= -Marginal.Edge)
            return table[1] + (table[0] * (Math.Max(score, -Reach) + Marginal.Edge));
        var at = (score + Reach) * PerUnit;
        var cell = (int)at;
        var place = Fortieths[cell] + ((at - cell) * (Fortieths[cell + 1] - Fortieths[cell]));
        // A rounding away from the edge would read a tail's slope for a value.
        var below = Math.Clamp((int)place, 1, Marginal.Cells - 2);
        return table[below] + ((place - below) * (table[below + 1] - table[below]));
    }

    /// <summary>The normal distribution function: a series (Marsaglia 2004), exact to a double's last digits within the reach.</summary>
    public static double Probability(double score)
    {
        var (sum, term, square) = (score, score, score * score);
        for (var i = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum) && i < 400; i += 2)
        {
            term *= square / i;
            sum += term;
        }
        return Math.Clamp(0.5 + (sum * Math.Exp((-0.5 * square) - 0.91893853320467274178)), 0, 1);
    }
}
