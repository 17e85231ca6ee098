using System.Runtime.Intrinsics;

namespace EPM.Forecast.Engine.Kernels;

/// <summary>What may come of the last states of exponential smoothing: the variance where it has a closed form, drawn paths where it has none.</summary>
internal static class EtsPaths
{
    /// <summary>Paths that are carried on side by side.</summary>
    public const int Lanes = 4;

    /// <summary>
    /// Of a model in which everything adds: the variance of each coming step in units of that of one error, 1 + Σ c² with c the weight of an
    /// error so many steps before (Hyndman and others 2008, table 6.1), and 1 + Σ c⁴.
    /// </summary>
    public static void Weights(EtsShape shape, in Smoothing by, Span<double> squares, Span<double> fourths)
    {
        var (sum, sumFourth, fade, power) = (1.0, 1.0, 0.0, 1.0);
        for (var step = 0; step < squares.Length; step++)
        {
            (squares[step], fourths[step]) = (sum, sumFourth);
            power *= by.Phi;
            fade += power;
            var weight = by.Alpha + (shape.Trend ? by.Beta * fade : 0) + (shape.Season != Form.None && (step + 1) % shape.Period == 0 ? by.Gamma : 0);
            sum += weight * weight;
            sumFourth += weight * weight * weight * weight;
        }
    }

    /// <summary>Four ways on at once: each step's relative errors are drawn, and move the states as observations would.</summary>
    /// <param name="draws">Four errors a step.</param>
    /// <param name="season">Scratch, four values a place: the fitted season in each lane.</param>
    /// <param name="least">No forecast falls below this: relative errors are without meaning there.</param>
    /// <param name="paths">Four values a step.</param>
    public static void Continue(
        EtsShape shape, in Smoothing by, double level, double trend, Span<double> season, int place, double least, ReadOnlySpan<double> draws, Span<double> paths)
    {
        var (l, b, floor) = (Vector256.Create(level), Vector256.Create(trend), Vector256.Create(least));
        for (var step = 0; step < paths.Length / Lanes; step++)
        {
            var slope = shape.Trend ? by.Phi * b : default;
            var basis = Vector256.Max(l + slope, shape.Season == Form.Additive ? l + slope : floor);
            var s = shape.Season == Form.None ? default : Vector256.Create<double>(season.Slice(place * Lanes, Lanes));
            var mean = Vector256.Max(shape.Season == Form.Multiplicative ? basis * s : basis + s, floor);
            var miss = Vector256.Create<double>(draws.Slice(step * Lanes, Lanes)) * mean;
            (mean + miss).CopyTo(paths.Slice(step * Lanes, Lanes));
            var (ofLevel, ofSeason) = shape.Season == Form.Multiplicative ? (miss / s, miss / basis) : (miss, miss);
            l = basis + (by.Alpha * ofLevel);
            if (shape.Trend)
                b = slope + (by.Beta * ofLevel);
            if (shape.Season == Form.None)
                continue;
            (s + (by.Gamma * ofSeason)).CopyTo(season.Slice(place * Lanes, Lanes));
            if (++place == shape.Period)
                place = 0;
        }
    }
}
