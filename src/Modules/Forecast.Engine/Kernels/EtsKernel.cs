namespace EPM.Forecast.Engine.Kernels;

/// <summary>
/// The innovations state space recursion of exponential smoothing (Hyndman, Koehler, Ord and Snyder 2008, tables 2.2 and 2.3), one pass in
/// O(n) without allocation. With forecast μ, relative error e = (y − μ) / r and r = 1 (additive error) or μ (multiplicative error):
/// level, trend and the season of the period in turn move by α, β and γ times that error.
/// </summary>
internal static class EtsKernel
{
    private const double Tiny = 1e-10;

    /// <param name="y">History, oldest first.</param>
    /// <param name="level">In: before the first observation; out: after the last.</param>
    /// <param name="trend">As level.</param>
    /// <param name="season">One value a place in the period; the one for the first observation at 0. Out: the next one at n mod period.</param>
    /// <param name="errors">Where the relative errors go, or empty.</param>
    /// <returns>Minus twice the log likelihood up to a constant, or infinity where the model breaks down.</returns>
    public static double Run(
        EtsShape shape, ReadOnlySpan<double> y, double alpha, double beta, double gamma, double phi, ref double level, ref double trend, Span<double> season, Span<double> errors)
    {
        var (squares, logs, place) = (0.0, 0.0, 0);
        var (l, b, multiplied) = (level, trend, shape.Error == Form.Multiplicative);
        for (var t = 0; t < y.Length; t++)
        {
            var slope = shape.Trend ? phi * b : 0;
            var basis = l + slope;
            var s = shape.Season == Form.None ? 0 : season[place];
            var mean = shape.Season switch { Form.Additive => basis + s, Form.Multiplicative => basis * s, _ => basis };
            if (multiplied && mean <= Tiny)
                return double.PositiveInfinity;
            var miss = y[t] - mean;
            var error = multiplied ? miss / mean : miss;
            squares += error * error;
            if (multiplied)
                logs += Math.Log(mean);
            if (errors.Length > 0)
                errors[t] = error;
            // What the miss says of the level, with the season taken out of it.
            double ofLevel, ofSeason;
            if (shape.Season == Form.Multiplicative)
            {
                ofLevel = miss / (Math.Abs(s) > Tiny ? s : Tiny);
                ofSeason = miss / (Math.Abs(basis) > Tiny ? basis : Tiny);
            }
            else
            {
                (ofLevel, ofSeason) = (miss, miss);
            }
            l = basis + (alpha * ofLevel);
            if (shape.Trend)
                b = slope + (beta * ofLevel);
            if (shape.Season != Form.None)
            {
                season[place] = s + (gamma * ofSeason);
                if (++place == shape.Period)
                    place = 0;
            }
        }
        (level, trend) = (l, b);
        var cost = (y.Length * Math.Log(Math.Max(squares, Tiny))) + (2 * logs);
        return double.IsFinite(cost) ? cost : double.PositiveInfinity;
    }

    /// <summary>One way on from the last states: each step's error is drawn, and moves the states as an observation would.</summary>
    /// <param name="draws">Errors, one a step, in the unit of the model's errors.</param>
    /// <param name="season">Changed on the way: a copy of the fitted one.</param>
    public static void Continue(
        EtsShape shape, double alpha, double beta, double gamma, double phi, double level, double trend, Span<double> season, int place, ReadOnlySpan<double> draws, Span<double> path)
    {
        var (l, b) = (level, trend);
        for (var step = 0; step < path.Length; step++)
        {
            var slope = shape.Trend ? phi * b : 0;
            var basis = l + slope;
            var s = shape.Season == Form.None ? 0 : season[place];
            var mean = shape.Season switch { Form.Additive => basis + s, Form.Multiplicative => basis * s, _ => basis };
            var miss = shape.Error == Form.Multiplicative ? draws[step] * mean : draws[step];
            path[step] = mean + miss;
            var (ofLevel, ofSeason) = shape.Season == Form.Multiplicative
                ? (miss / (Math.Abs(s) > Tiny ? s : Tiny), miss / (Math.Abs(basis) > Tiny ? basis : Tiny)) : (miss, miss);
            l = basis + (alpha * ofLevel);
            if (shape.Trend)
                b = slope + (beta * ofLevel);
            if (shape.Season != Form.None)
            {
                season[place] = s + (gamma * ofSeason);
                if (++place == shape.Period)
                    place = 0;
            }
        }
    }
}
