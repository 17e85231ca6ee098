namespace EPM.Forecast.Engine.Corrections;

/// <summary>A step from which on another amount is sold than before, for good as far as is known.</summary>
/// <param name="Step">The first of the new level.</param>
/// <param name="Before">A step's ordinary amount before, without the season.</param>
/// <param name="Score">In standard errors of the difference.</param>
public sealed record LevelShift(int Step, double Before, double After, double Score);

/// <summary>
/// Finds where the level of a history shifts: a line through the weeks before and after each step with a jump in it, without season and with
/// what stands out held back; the jump against its standard error, widened by what days have to do with each other. Growth is no shift: the
/// line takes it; nor is a bend: most of the jump must lie between the few days next to it.
/// </summary>
public static class LevelShifts
{
    private const double Certain = 6, Beside = 4, Least = 1.3, Abrupt = 0.65;

    /// <summary>Ascending; none where the history is shorter than about two months.</summary>
    public static IReadOnlyList<LevelShift> Find(Series series) => Cleaning.Of(series).Shifts;

    /// <summary>The history with everything before the last shift brought to the level after it, so that it still tells of seasons but no longer of the level.</summary>
    public static double[] Levelled(Series series, IReadOnlyList<LevelShift> shifts)
    {
        var values = series.Values.ToArray();
        foreach (var shift in shifts)
        {
            var factor = shift.Before > 0 ? shift.After / shift.Before : 1;
            for (var t = 0; t < shift.Step; t++)
                values[t] *= factor;
        }
        return values;
    }

    internal static IReadOnlyList<LevelShift> Find(Ordinary ordinary, int season, int length)
    {
        var width = 3 * Ordinary.Near(season) / 2;
        var used = Enumerable.Range(0, length).Where(ordinary.IsUsed).ToArray();
        var (sums, moments) = (new double[used.Length + 1], new double[used.Length + 1]);
        for (var i = 0; i < used.Length; i++)
        {
            sums[i + 1] = sums[i] + ordinary.Plain(used[i]);
            moments[i + 1] = moments[i] + (i * ordinary.Plain(used[i]));
        }
        var (widening, found) = (Math.Sqrt((1 + ordinary.Persistence) / (1 - ordinary.Persistence)), new List<LevelShift>());
        var scores = Enumerable.Range(0, used.Length).Select(i => Score(ordinary, used, sums, moments, i, width, widening)).ToArray();
        while (true)
        {
            var best = -1;
            for (var i = 0; i < scores.Length; i++)
            {
                if (Math.Abs(scores[i]) > Certain && (best < 0 || Math.Abs(scores[i]) > Math.Abs(scores[best])))
                    best = i;
            }
            if (best < 0)
                return [.. found.OrderBy(shift => shift.Step)];
            found.Add(new LevelShift(used[best], Mean(sums, best - width, best), Mean(sums, best, best + width), Math.Abs(scores[best])));
            scores.AsSpan(Math.Max(0, best - width), Math.Min(scores.Length, best + width) - Math.Max(0, best - width)).Clear();
        }
    }

    private static double Score(Ordinary ordinary, int[] used, double[] sums, double[] moments, int i, int width, double widening)
    {
        var (past, coming) = (Math.Min(i, width), Math.Min(used.Length - i, width));
        if (past < width / 2 || coming < width / 2)
            return 0;
        var (before, after) = (Mean(sums, i - past, i), Mean(sums, i, i + coming));
        var squares = (Cube(past) + Cube(coming)) / 12;
        var slope = (Moment(sums, moments, i - past, i) + Moment(sums, moments, i, i + coming)) / squares;
        var apart = (past + coming) / 2.0;
        var jump = after - before - (slope * apart);
        // From the level at the jump, half of the rest of the difference on either side.
        var middle = (before + after) / 2;
        if (middle + (Math.Abs(jump) / 2) < Least * (middle - (Math.Abs(jump) / 2)) || jump * (after - before) <= 0 || Math.Abs(after - before) < Abrupt * Math.Abs(jump))
            return 0;
        var close = Math.Max(3, width / 4);
        if ((Mean(sums, i, i + close) - Mean(sums, i - close, i)) / (after - before) < Abrupt)
            return 0;
        // The deviation as it is around here, of a step without its season.
        var (level, spread) = (0.0, 0.0);
        for (var k = i - past; k < i + coming; k++)
            (level, spread) = (level + ordinary.Mean[used[k]], spread + ordinary.Deviation[used[k]]);
        var deviation = level > 0 ? spread / level * middle : 0;
        var plain = (1.0 / past) + (1.0 / coming);
        // The jump beside a line must be likely, the difference as such beyond doubt.
        return deviation > 0 && Math.Abs(jump) > Beside * deviation * widening * Math.Sqrt(plain + (apart * apart / squares)) ? (after - before) / (deviation * widening * Math.Sqrt(plain)) : 0;
    }

    private static double Cube(double n) => n * ((n * n) - 1);

    // Σ (k − mean of k) a over a stretch.
    private static double Moment(double[] sums, double[] moments, int from, int to) =>
        moments[to] - moments[from] - ((from + to - 1) / 2.0 * (sums[to] - sums[from]));

    private static double Mean(double[] sums, int from, int to)
    {
        (from, to) = (Math.Max(from, 0), Math.Min(to, sums.Length - 1));
        return to > from ? (sums[to] - sums[from]) / (to - from) : 0;
    }
}
