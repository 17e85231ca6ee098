namespace EPM.Forecast.Engine.Corrections;

/// <summary>The ordinary of a history, found together with what is not: runs of zeros that cannot be chance, and levels that shift.</summary>
internal sealed class Cleaning
{
    private const double Improbable = 0.01;

    private Cleaning(Ordinary ordinary, IReadOnlyList<ZeroRun> runs, IReadOnlyList<LevelShift> shifts, bool[] explained) =>
        (Ordinary, Runs, Shifts, Explained) = (ordinary, runs, shifts, explained);

    public Ordinary Ordinary { get; }

    public IReadOnlyList<ZeroRun> Runs { get; }

    public IReadOnlyList<LevelShift> Shifts { get; }

    /// <summary>Steps with a feast or a promotion, and closed ones.</summary>
    public bool[] Explained { get; }

    /// <param name="missing">Steps known not to be ordinary (out of stock); null for none.</param>
    public static Cleaning Of(Series series, bool[]? missing = null)
    {
        var values = series.Values.Span;
        var (explained, closed) = Known(series);
        var leftOut = explained.Select((on, t) => on || (missing?[t] ?? false)).ToArray();
        var ordinary = Ordinary.Of(values, series.Season, leftOut, []);
        var runs = Zeros(values, closed, ordinary, series.Season);
        if (runs.Count > 0)
            ordinary = Ordinary.Of(values, series.Season, Without(leftOut, runs), []);
        var shifts = LevelShifts.Find(ordinary, series.Season, values.Length);
        if (shifts.Count > 0)
        {
            int[] breaks = [.. shifts.Select(shift => shift.Step)];
            runs = Zeros(values, closed, Ordinary.Of(values, series.Season, Without(leftOut, runs), breaks), series.Season);
            ordinary = Ordinary.Of(values, series.Season, Without(leftOut, runs), breaks);
        }
        return new Cleaning(ordinary, runs, shifts, explained);
    }

    private static bool[] Without(bool[] leftOut, IReadOnlyList<ZeroRun> runs)
    {
        bool[] without = [.. leftOut];
        foreach (var run in runs)
            without.AsSpan(run.Step, run.Steps).Fill(true);
        return without;
    }

    private static (bool[] Explained, bool[] Closed) Known(Series series)
    {
        var n = series.Values.Length;
        var (explained, closed) = (new bool[n], new bool[n]);
        foreach (var column in series.Known)
        {
            var values = column.Values.Span[..n];
            for (var t = 0; t < n; t++)
            {
                closed[t] |= column.Effect == Effect.Opening && values[t] == 0;
                explained[t] |= closed[t] || (column.Effect is Effect.Event or Effect.Promotion && values[t] != 0);
            }
        }
        // Where something is always on, nothing would be left to call ordinary.
        return explained.Count(on => on) > 0.6 * n ? ([.. closed], closed) : (explained, closed);
    }

    /// <summary>Runs of nothing sold on open days whose chance, by what is expected around them, lies below the bound for the whole history.</summary>
    private static List<ZeroRun> Zeros(ReadOnlySpan<double> values, bool[] closed, Ordinary ordinary, int season)
    {
        var (runs, longest) = (new List<ZeroRun>(), 2 * Ordinary.Near(season));
        var bound = Math.Log(Improbable / Math.Max(values.Length, 50));
        // Days that hang together make long runs likelier: so many fewer days speak for themselves.
        var worth = (1 - ordinary.Persistence) / (1 + ordinary.Persistence);
        var sold = 0;
        while (sold < values.Length && !(values[sold] > 0))
            sold++;
        for (var t = sold; t < values.Length; t++)
        {
            if (values[t] > 0 || double.IsNaN(values[t]) || closed[t])
                continue;
            var (from, to) = (t, t);
            for (; t < values.Length && (closed[t] || values[t] <= 0); t++)
                to = closed[t] ? to : t;
            var (chance, level) = (0.0, ordinary.Around(from, to + 1));
            for (var day = from; day <= to; day++)
            {
                var mean = level * ordinary.Factor(day);
                var wider = ordinary.Mean[day] > 0 ? mean / ordinary.Mean[day] : 1;
                chance += closed[day] ? 0 : worth * Skewed.LogZero(mean, Math.Max(Math.Sqrt(mean), ordinary.Deviation[day] * Math.Sqrt(wider)));
            }
            if (chance < bound && to - from < longest)
                runs.Add(new ZeroRun(from, to - from + 1, chance));
        }
        return runs;
    }
}

/// <param name="LogChance">The logarithm of the probability that this was chance.</param>
internal readonly record struct ZeroRun(int Step, int Steps, double LogChance);
