using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Methods;

/// <summary>
/// How errors were spread: how wide at each place of the season (a closed Sunday is always met), and of what shape. Both lean on the normal
/// distribution of one width for as long as little was seen (Efron and Morris 1975): as much as <see cref="PlaceTrust"/> errors a place and
/// <see cref="ShapeTrust"/> errors in all.
/// </summary>
/// <param name="Sigma">Standard deviation over all places.</param>
/// <param name="Places">Widths in units of it, one a place; one alone where places do not differ.</param>
/// <param name="Shape">Quantiles of the errors in units of their widths, at the levels of a prediction.</param>
internal sealed record Spread(double Sigma, double[] Places, double[] Shape)
{
    private const double PlaceTrust = 16;
    private const double Still = 0.01;
    private const double Least = 1e-6;
    private const double ShapeTrust = 60;
    private const int Enough = 60;
    private const int LongestSeason = 31;

    public static Spread None { get; } = new(0, [1], [.. Normal.OfLevels]);

    /// <param name="errors">One a step from the first on; scaled in place.</param>
    /// <param name="free">Parameters that were fitted.</param>
    public static Spread Of(Span<double> errors, int period, double free)
    {
        // How wide errors are changes over the years: the last third says it, where it is enough.
        var old = (errors.Length - Math.Max(Math.Max(Enough, 6 * period), errors.Length / 3)) / period * period;
        if (old > 0)
        {
            free *= (errors.Length - old) / (double)errors.Length;
            errors = errors[old..];
        }
        var n = errors.Length;
        double squares = 0;
        foreach (var error in errors)
            squares += error * error;
        var sigma = Math.Sqrt(squares / Math.Max(1, n - free));
        if (squares <= 0)
            return None;
        var usual = squares / n;
        var places = period is > 1 and <= LongestSeason && n >= 6 * period ? new double[period] : [1.0];
        if (places.Length > 1)
        {
            for (var place = 0; place < period; place++)
            {
                var (sum, count) = (0.0, 0);
                for (var t = place; t < n; t += period, count++)
                    sum += errors[t] * errors[t];
                // Where next to nothing is ever missed nothing is happening, whatever happens elsewhere.
                var trust = sum < Still * count * usual ? 0 : PlaceTrust;
                places[place] = Math.Sqrt(Math.Max(Least, ((trust * usual) + sum) / (trust + count) / usual));
            }
        }
        var root = Math.Sqrt(usual);
        for (var t = 0; t < n; t++)
            errors[t] /= root * places[t % places.Length];
        errors.Sort();
        var shape = new double[Prediction.Levels.Count];
        var seen = n / (n + ShapeTrust);
        for (var level = 0; level < shape.Length; level++)
            shape[level] = (seen * Quantiles.Of(errors, Prediction.Levels[level])) + ((1 - seen) * Normal.OfLevels[level]);
        return new Spread(sigma, places, shape);
    }

    /// <summary>The standard deviation at so many steps from the beginning of the history.</summary>
    public double At(int step) => Sigma * Places[step % Places.Length];

    /// <summary>The quantiles of one error, in units of its width, that <see cref="Draws"/> are taken from; straight on beyond the outmost levels.</summary>
    public double[] Table()
    {
        var table = new double[Draws.Count];
        var level = 1;
        for (var i = 0; i < table.Length; i++)
        {
            var normal = Draws.Normals[i];
            while (level < Shape.Length - 1 && normal > Normal.OfLevels[level])
                level++;
            var (from, to) = (Normal.OfLevels[level - 1], Normal.OfLevels[level]);
            table[i] = Shape[level - 1] + ((normal - from) / (to - from) * (Shape[level] - Shape[level - 1]));
        }
        return table;
    }

    /// <summary>Adds the distribution of a sum of errors around a mean to one step of a prediction.</summary>
    /// <param name="at">Steps between the beginning of the history and that step.</param>
    /// <param name="squares">Sum of the squares of the errors' weights in the sum: its variance in units of one error's.</param>
    /// <param name="fourths">Sum of their fourth powers: the more errors share in the sum, the more normal it is.</param>
    public void Add(Prediction prediction, int step, int at, double weight, double mean, double squares, double fourths)
    {
        var (deviation, own) = (At(at) * Math.Sqrt(squares), Math.Sqrt(fourths) / squares);
        prediction.Mean[step] += weight * mean;
        for (var level = 0; level < Shape.Length; level++)
            prediction[step, level] += weight * (mean + (deviation * ((own * Shape[level]) + ((1 - own) * Normal.OfLevels[level]))));
    }
}
