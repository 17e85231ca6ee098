namespace EPM.Forecast.Engine.Starts;

/// <summary>How a young product follows what it is likened to.</summary>
/// <param name="Worth">Steps of sales that what was said in advance is worth.</param>
/// <param name="Uncertain">The relative deviation of the ratio while nothing was sold.</param>
internal sealed record Following(StartKind Kind, double Worth, double Uncertain)
{
    public static Started Of(Following following, Prediction leader, ReadOnlySpan<double> own, ReadOnlySpan<double> leaderThen, double ratio, Prediction? ownForecast)
    {
        if (own.Length != leaderThen.Length)
            throw new ArgumentException("The histories are of different lengths.", nameof(leaderThen));
        if (!(ratio > 0 && double.IsFinite(ratio)))
            throw new ArgumentException("The ratio has to lie above 0.", nameof(ratio));
        if (ownForecast is not null && ownForecast.Horizon != leader.Horizon)
            throw new ArgumentException("The forecasts are of different horizons.", nameof(ownForecast));
        var (sold, beside, steps, counts) = (0.0, 0.0, 0, true);
        for (var t = 0; t < own.Length; t++)
        {
            if (double.IsNaN(own[t]) || double.IsNaN(leaderThen[t]))
                continue;
            (sold, beside, steps) = (sold + Math.Max(own[t], 0), beside + Math.Max(leaderThen[t], 0), steps + 1);
            counts &= own[t] == Math.Floor(own[t]) && leaderThen[t] == Math.Floor(leaderThen[t]);
        }
        var usual = beside > 0 ? beside / steps : leader.Horizon > 0 ? leader.Mean.Average() : 0;
        var prior = following.Worth * usual;
        var known = prior + beside;
        var (expected, told) = known > 0 ? (((ratio * prior) + sold) / known, beside / known) : (ratio, 0);
        var deviation = following.Uncertain * Math.Sqrt(1 - told);
        var prediction = Part(leader, expected, deviation, counts);
        var weight = ownForecast is null ? 0 : Smooth((double)(steps - NewProducts.OwnFrom) / (NewProducts.OwnAlone - NewProducts.OwnFrom));
        return new Started(weight > 0 ? Blend(prediction, ownForecast!, weight) : prediction, following.Kind, expected, told, weight);
    }

    /// <summary>The forecast of a part of a whole: each unit falls to it with the ratio's probability, and the ratio itself may be wrong.</summary>
    private static Prediction Part(Prediction whole, double ratio, double uncertain, bool counts)
    {
        var part = Prediction.Empty(whole.Horizon);
        for (var step = 0; step < whole.Horizon; step++)
        {
            var mean = Math.Max(0, ratio * whole.Mean[step]);
            part.Mean[step] = mean;
            if (mean <= 0)
                continue;
            var spread = (whole[step, 10] - whole[step, 2]) / 2.5631;
            var variance = (ratio * ratio * spread * spread) + (Math.Max(0, ratio * (1 - ratio)) * whole.Mean[step]) + (uncertain * uncertain * mean * mean);
            if (counts && mean < 40)
                Counts.Fill(part, step, mean, Math.Max(variance, mean));
            else
            {
                for (var level = 0; level < Prediction.Levels.Count; level++)
                    part[step, level] = Corrections.Skewed.Quantile(Prediction.Levels[level], mean, Math.Sqrt(variance));
            }
        }
        return part;
    }

    private static double Smooth(double share)
    {
        var x = Math.Clamp(share, 0, 1);
        return x * x * (3 - (2 * x));
    }

    private static Prediction Blend(Prediction start, Prediction own, double weight)
    {
        var blend = Prediction.Empty(start.Horizon);
        for (var i = 0; i < blend.Mean.Length; i++)
            blend.Mean[i] = ((1 - weight) * start.Mean[i]) + (weight * own.Mean[i]);
        for (var i = 0; i < blend.Quantiles.Length; i++)
            blend.Quantiles[i] = ((1 - weight) * start.Quantiles[i]) + (weight * own.Quantiles[i]);
        return blend;
    }

    /// <summary>The quantiles of counts: negative binomial by mean and variance, Poisson where they are equal.</summary>
    private static class Counts
    {
        public static void Fill(Prediction prediction, int step, double mean, double variance)
        {
            var beyond = variance - mean;
            var poisson = beyond <= 1e-9 * mean;
            var size = poisson ? 0 : mean * mean / beyond;
            var failure = poisson ? 0 : beyond / variance;
            var chance = poisson ? Math.Exp(-mean) : Math.Exp(size * Math.Log(mean / variance));
            var (count, below) = (0, chance);
            for (var level = 0; level < Prediction.Levels.Count; level++)
            {
                while (below < Prediction.Levels[level] && count < 100_000)
                {
                    chance *= (poisson ? mean : failure * (size + count)) / (count + 1);
                    below += chance;
                    count++;
                }
                prediction[step, level] = count;
            }
        }
    }
}
