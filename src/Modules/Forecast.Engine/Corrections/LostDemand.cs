namespace EPM.Forecast.Engine.Corrections;

/// <summary>What was sold, and what would have been asked for.</summary>
/// <param name="Values">One value a step: the history where nothing was corrected.</param>
/// <param name="Steps">What was corrected, ascending.</param>
public sealed record CorrectedHistory(double[] Values, IReadOnlyList<CorrectedStep> Steps);

/// <param name="Inferred">Nothing was known of the stock: a run of zeros was too long for chance.</param>
/// <param name="Capped">More would have been added but for the cap of the period.</param>
public sealed record CorrectedStep(int Step, double Was, double Now, bool Inferred, bool Capped);

/// <summary>How far a correction may go.</summary>
/// <param name="Period">Steps over which what is added is summed; counted back from the end of the history.</param>
/// <param name="MostAdded">Of what a whole period would ordinarily sell, the share that may be added at most.</param>
/// <param name="Infer">Whether runs of zeros that are too long for chance count as out of stock where nothing is known of the stock.</param>
public sealed record LostDemandRules(int Period = 28, double MostAdded = 0.5, bool Infer = true);

/// <summary>
/// Adds to a history what was not sold because it was not there: the ordinary rate in stock × the time out, at most a share of the period, so
/// that a run on what was left does not count twice.
/// </summary>
public static class LostDemand
{
    /// <param name="inStock">One value a step: the share of the step with stock, 0 to 1; NaN where it is not known. Empty: nothing is.</param>
    /// <exception cref="ArgumentException">Another number of steps than the history, a share outside 0 to 1, rules without sense.</exception>
    public static CorrectedHistory Correct(Series series, ReadOnlyMemory<double> inStock = default, LostDemandRules? rules = null)
    {
        rules ??= new LostDemandRules();
        var values = series.Values.ToArray();
        var stock = inStock.Span;
        if (stock.Length != 0 && stock.Length != values.Length)
            throw new ArgumentException("The stock is of another number of steps than the history.", nameof(inStock));
        if (rules.Period < 1 || !(rules.MostAdded >= 0))
            throw new ArgumentException("A period of a step at least, and a share not below 0.", nameof(rules));
        var absent = new double[values.Length];
        for (var t = 0; t < stock.Length; t++)
        {
            if (stock[t] is < 0 or > 1)
                throw new ArgumentException($"The share in stock of step {t} lies outside 0 to 1.", nameof(inStock));
            absent[t] = double.IsNaN(stock[t]) ? 0 : 1 - stock[t];
        }
        var cleaning = Cleaning.Of(series, [.. absent.Select(share => share > 0.1)]);
        var inferred = new bool[values.Length];
        foreach (var run in rules.Infer ? cleaning.Runs : [])
        {
            for (var t = run.Step; t < run.Step + run.Steps; t++)
            {
                if ((stock.Length == 0 || double.IsNaN(stock[t])) && !IsClosed(series, t))
                    (absent[t], inferred[t]) = (1, true);
            }
        }
        var steps = new List<CorrectedStep>();
        for (var to = values.Length; to > 0; to -= rules.Period)
            Correct(values, absent, inferred, cleaning.Ordinary.Mean, Math.Max(0, to - rules.Period), to, rules, steps, t => IsClosed(series, t));
        return new CorrectedHistory(values, [.. steps.OrderBy(step => step.Step)]);
    }

    private static void Correct(double[] values, double[] absent, bool[] inferred, double[] ordinary, int from, int to, LostDemandRules rules, List<CorrectedStep> steps, Func<int, bool> isClosed)
    {
        var (added, whole) = (0.0, 0.0);
        for (var t = from; t < to; t++)
        {
            if (isClosed(t))
                continue;
            whole += ordinary[t];
            added += Added(values, absent, ordinary, t);
        }
        // A first stretch that is shorter than a period may add as much as a whole one would.
        var most = rules.MostAdded * whole * rules.Period / (to - from);
        var factor = added > most ? most / added : 1;
        for (var t = from; t < to; t++)
        {
            if (isClosed(t) || Added(values, absent, ordinary, t) is not (> 0 and var more))
                continue;
            var was = values[t];
            values[t] = (double.IsNaN(was) ? 0 : was) + (factor * more);
            steps.Add(new CorrectedStep(t, was, values[t], inferred[t], factor < 1));
        }
    }

    // What was sold in part of a day counts; together they are not more than the ordinary day unless more was sold.
    private static double Added(double[] values, double[] absent, double[] ordinary, int t)
    {
        var sold = double.IsNaN(values[t]) ? 0 : Math.Max(values[t], 0);
        return absent[t] <= 0 ? 0 : Math.Max(0, Math.Min(absent[t] * ordinary[t], Math.Max(ordinary[t] - sold, 0)));
    }

    private static bool IsClosed(Series series, int t) => series.Known.Any(column => column.Effect == Effect.Opening && column.Values.Span[t] == 0);
}
