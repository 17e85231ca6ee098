using EPM.Forecast.Engine;
using EPM.Forecast.History;
using EPM.Forecast.Stored;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>What is expected of a cell over the days asked for.</summary>
/// <param name="Prediction">What stands, with what people have said of it.</param>
/// <param name="Statistical">The mean before anybody said anything.</param>
/// <param name="Parts">Of the statistical mean, seven stretches; see <see cref="Kept.Parts"/>.</param>
/// <param name="Kept">What is kept of it.</param>
internal sealed record CellAhead(CellKey Key, Prediction Prediction, double[] Statistical, double[] Naive, double[] Parts, StoredForecast Kept)
{
    private const int Week = 7;

    /// <summary>Cuts the days asked for out of what is kept; beyond its end the last week comes again.</summary>
    public static CellAhead Of(StoredForecast kept, DateOnly from, int horizon)
    {
        var (skip, length, levels) = (from.DayNumber - kept.First.DayNumber, kept.Prediction.Horizon, Prediction.Levels.Count);
        var (mean, naive, quantiles, parts) = (new double[horizon], new double[horizon], new double[horizon * levels], new double[horizon * Stored.Kept.Parts]);
        for (var day = 0; day < horizon; day++)
        {
            var at = Math.Max(0, skip + day);
            if (at >= length)
                at = length >= Week ? length - Week + ((at - length) % Week) : length - 1;
            mean[day] = kept.Prediction.Mean[at];
            naive[day] = kept.Naive[at];
            kept.Prediction.At(at).CopyTo(quantiles.AsSpan(day * levels));
            for (var part = 0; part < Stored.Kept.Parts; part++)
                parts[(part * horizon) + day] = kept.Parts[(part * length) + at];
        }
        return new CellAhead(kept.Key, new Prediction(mean, quantiles), mean, naive, parts, kept);
    }

    /// <summary>The same id as the engine was given: the same cell is the same draw everywhere.</summary>
    public string Id => SeriesId.Of(Key);
}
