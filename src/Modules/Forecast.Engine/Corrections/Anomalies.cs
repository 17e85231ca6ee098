using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Corrections;

/// <summary>Why a step stands out.</summary>
public enum AnomalyReason
{
    Spike,
    Drop,

    /// <summary>Nothing sold for longer than can be chance.</summary>
    StockOut,

    /// <summary>From here on another amount is sold.</summary>
    LevelShift,
}

/// <summary>Something in a history that chance does not explain.</summary>
/// <param name="Step">The first step.</param>
/// <param name="Steps">How many; 1 unless nothing was sold for several.</param>
/// <param name="Value">What came at the first step.</param>
/// <param name="Score">How many deviations of a normal it lies out; above the bound, about 4.</param>
/// <param name="P10">Of what was to be expected at the first step; of a level shift: by the level before.</param>
public sealed record Anomaly(int Step, int Steps, AnomalyReason Reason, double Value, double Score, double P10, double P50, double P90);

/// <summary>
/// Finds what stands out of a history: each step against what is ordinary for it, with a bound by which about one clean history in fifty has
/// one false alarm. Steps with a feast, a promotion or closed doors are explained and not judged. Cost: a dozen passes of n.
/// </summary>
public static class Anomalies
{
    private const double FalseAlarms = 0.01;
    private const int Shortest = 28;

    /// <summary>Ascending by step; none where the history is shorter than four weeks of steps.</summary>
    public static IReadOnlyList<Anomaly> Find(Series series)
    {
        var values = series.Values.Span;
        if (values.Length < Shortest)
            return [];
        var cleaning = Cleaning.Of(series);
        var ordinary = cleaning.Ordinary;
        var bound = Normal.Quantile(1 - (FalseAlarms / values.Length));
        var found = new List<Anomaly>();
        var judged = (bool[])[.. cleaning.Explained];
        foreach (var run in cleaning.Runs)
        {
            judged.AsSpan(run.Step, run.Steps).Fill(true);
            found.Add(Of(run.Step, run.Steps, AnomalyReason.StockOut, values, ordinary, -Normal.Quantile(Math.Exp(Math.Max(run.LogChance, -600)))));
        }
        foreach (var shift in cleaning.Shifts)
        {
            var ratio = shift.After > 0 ? shift.Before / shift.After : 1;
            var (mean, deviation) = (ordinary.Mean[shift.Step] * ratio, ordinary.Deviation[shift.Step] * Math.Sqrt(ratio));
            found.Add(new Anomaly(
                shift.Step, 1, AnomalyReason.LevelShift, values[shift.Step], shift.Score,
                Skewed.Quantile(0.1, mean, deviation), Skewed.Quantile(0.5, mean, deviation), Skewed.Quantile(0.9, mean, deviation)));
            judged[shift.Step] = true;
        }
        for (var t = 0; t < values.Length; t++)
        {
            if (judged[t] || double.IsNaN(values[t]))
                continue;
            var (value, mean) = (Math.Max(values[t], 0), ordinary.Mean[t]);
            var score = Skewed.Score(value, mean, ordinary.Deviation[t], ordinary.Counts);
            // What is certain but small is nobody's business.
            if (score > bound && value > 1.5 * mean && (!ordinary.Counts || value >= mean + 3))
                found.Add(Of(t, 1, AnomalyReason.Spike, values, ordinary, score));
            else if (-score > bound && value < 0.6 * mean)
                found.Add(Of(t, 1, AnomalyReason.Drop, values, ordinary, -score));
        }
        return [.. found.OrderBy(anomaly => anomaly.Step)];
    }

    private static Anomaly Of(int step, int steps, AnomalyReason reason, ReadOnlySpan<double> values, Ordinary ordinary, double score)
    {
        var (mean, deviation) = (ordinary.Mean[step], ordinary.Deviation[step]);
        return new Anomaly(step, steps, reason, values[step], score, Skewed.Quantile(0.1, mean, deviation), Skewed.Quantile(0.5, mean, deviation), Skewed.Quantile(0.9, mean, deviation));
    }
}
