using EPM.Forecast.Engine.Corrections;

namespace EPM.Forecast.Engine.Starts;

/// <summary>A product that is not sold any more.</summary>
/// <param name="Since">The first step after its last sale.</param>
/// <param name="Chance">The probability that what it sold before would pause for so long by chance.</param>
public sealed record Ended(int Since, double Chance);

/// <summary>Products that leave.</summary>
public static class EndOfLife
{
    private const double Improbable = 1e-4;

    /// <summary>
    /// Whether a product has ended: nothing sold for at least four weeks of steps, and for a time that is improbable by what it sold before.
    /// To be asked before <see cref="LostDemand"/>, which would fill the same silence.
    /// </summary>
    /// <returns>Null where it may still sell, or never has.</returns>
    public static Ended? Find(Series series)
    {
        var values = series.Values.Span;
        var last = values.Length - 1;
        while (last >= 0 && !(values[last] > 0))
            last--;
        var silent = 0;
        for (var t = last + 1; t < values.Length; t++)
            silent += double.IsNaN(values[t]) || IsClosed(series, t) ? 0 : 1;
        if (last < 0 || silent < Ordinary.Near(series.Season))
            return null;
        var sold = series with { Values = series.Values[..(last + 1)] };
        var ordinary = Cleaning.Of(sold).Ordinary;
        var near = Ordinary.Near(series.Season);
        var level = Math.Min(Level(ordinary, last + 1, 2 * near), Level(ordinary, last + 1, 6 * near));
        var wide = ordinary.Mean[last] > 0 ? ordinary.Deviation[last] * ordinary.Deviation[last] / ordinary.Mean[last] : 1;
        var chance = (1 - ordinary.Persistence) / (1 + ordinary.Persistence) * silent * Skewed.LogZero(level, Math.Sqrt(level * Math.Max(1, wide)));
        return chance < Math.Log(Improbable) ? new Ended(last + 1, Math.Exp(chance)) : null;
    }

    /// <summary>A forecast that runs out: it falls in a straight line over the last steps before the end, and from there on is nothing.</summary>
    /// <param name="end">The first step without sales, from 0 on; beyond the horizon the fall may still begin within it.</param>
    /// <param name="fade">Steps of the fall; 0 for none.</param>
    public static Prediction Towards(Prediction prediction, int end, int fade = 28)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fade);
        var fading = Prediction.Empty(prediction.Horizon);
        for (var step = 0; step < prediction.Horizon; step++)
        {
            var share = step >= end ? 0 : Math.Min(1, (end - step) / (fade + 1.0));
            fading.Mean[step] = share * prediction.Mean[step];
            for (var level = 0; level < Prediction.Levels.Count; level++)
                fading[step, level] = share * prediction[step, level];
        }
        return fading;
    }

    private static double Level(Ordinary ordinary, int end, int steps)
    {
        var (sum, count) = (0.0, 0);
        for (var t = end - 1; t >= Math.Max(0, end - steps); t--)
            (sum, count) = ordinary.IsUsed(t) ? (sum + ordinary.Plain(t), count + 1) : (sum, count);
        return count == 0 ? 0 : sum / Math.Max(count, Math.Min(steps, 7));
    }

    private static bool IsClosed(Series series, int t) => series.Known.Any(column => column.Effect == Effect.Opening && column.Values.Span[t] == 0);
}
