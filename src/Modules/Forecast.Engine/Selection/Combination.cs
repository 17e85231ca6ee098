using System.Diagnostics.CodeAnalysis;
using EPM.Forecast.Engine.Methods;

namespace EPM.Forecast.Engine.Selection;

/// <summary>Weighted means of quantiles (Lichtendahl, Grushka-Cockayne and Winkler 2013): sharper than mixtures, and never crossing.</summary>
internal static class Combination
{
    // From here on a piece more or less is nothing.
    private const double Few = 10;

    /// <param name="said">One prediction a method, null where it had none; at least one is not null.</param>
    public static Prediction Of(IReadOnlyList<Prediction?> said, ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        Prediction? any = null;
        for (var m = 0; m < said.Count; m++)
        {
            any ??= said[m];
            total += said[m] is null ? 0 : weights[m];
        }
        var combined = Prediction.Empty(any!.Horizon);
        for (var m = 0; m < said.Count; m++)
        {
            // Where none of the weighted ones had anything to say, all others count alike.
            var share = total > 0 ? weights[m] / total : 1.0 / said.Count(one => one is not null);
            if (said[m] is not { } one || share <= 0)
                continue;
            for (var i = 0; i < one.Quantiles.Length; i++)
                combined.Quantiles[i] += share * one.Quantiles[i];
            for (var i = 0; i < one.Horizon; i++)
                combined.Mean[i] += share * one.Mean[i];
        }
        return combined;
    }

    /// <summary>What lies beyond anything that was ever near is a model that broke down, not a forecast.</summary>
    /// <returns>Null where it holds no numbers.</returns>
    public static Prediction? Sane(Prediction? said, History history)
    {
        if (said is null)
            return null;
        foreach (var value in said.Quantiles)
        {
            if (!double.IsFinite(value))
                return null;
        }
        var (floor, ceiling) = Bounds(history);
        for (var i = 0; i < said.Quantiles.Length; i++)
            said.Quantiles[i] = Math.Clamp(said.Quantiles[i], floor, ceiling);
        for (var i = 0; i < said.Mean.Length; i++)
            said.Mean[i] = double.IsFinite(said.Mean[i]) ? Math.Clamp(said.Mean[i], floor, ceiling) : said[i, Prediction.Median];
        return said;
    }

    /// <summary>The spread on either side of the median, widened or narrowed.</summary>
    public static Prediction Widened(Prediction said, double below, double above, History history)
    {
        var (floor, _) = Bounds(history);
        for (var step = 0; step < said.Horizon; step++)
        {
            var middle = said[step, Prediction.Median];
            for (var level = 0; level < Prediction.Levels.Count; level++)
                said[step, level] = Math.Max(floor, middle + ((level < Prediction.Median ? below : above) * (said[step, level] - middle)));
        }
        return said;
    }

    /// <summary>What is sold by the piece is forecast by the piece: a quantile of a count is a count.</summary>
    [return: NotNullIfNotNull(nameof(said))]
    public static Prediction? Counted(Prediction? said, History history)
    {
        if (said is null)
            return null;
        foreach (var value in history.Span)
        {
            if (value != Math.Floor(value))
                return said;
        }
        for (var i = 0; i < said.Quantiles.Length; i++)
        {
            if (Math.Abs(said.Quantiles[i]) < Few)
                said.Quantiles[i] = Math.Floor(said.Quantiles[i] + 0.5);
        }
        return said;
    }

    private static (double Floor, double Ceiling) Bounds(History history)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in history.Span)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        var reach = 3 * Math.Max(most - least, 1e-9);
        return (least >= 0 ? 0 : least - reach, most + reach);
    }
}
