using EPM.Forecast.Domain;
using EPM.Forecast.Engine.Corrections;
using EPM.Forecast.History;

namespace EPM.Forecast.Outliers;

/// <summary>Looks through what was learnt from for days of the last weeks that chance does not explain.</summary>
internal static class OutlierFinder
{
    /// <summary>What lies longer back nobody remembers the reason of.</summary>
    public const int Days = 56;

    /// <summary>First day that is looked at.</summary>
    public static DateOnly From(CellSeries cell) => cell.AsOf.AddDays(1 - Days);

    public static IReadOnlyList<FoundOutlier> Find(IReadOnlyList<CellSeries> cells, CancellationToken ct)
    {
        var found = new FoundOutlier[cells.Count][];
        Parallel.For(0, cells.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct }, i =>
            found[i] = [.. Anomalies.Find(cells[i].Series).Where(anomaly => DayOf(cells[i], anomaly) >= From(cells[i])).Select(anomaly => Of(cells[i], anomaly))]);
        return [.. found.SelectMany(anomalies => anomalies).DistinctBy(outlier => (outlier.Cell, outlier.Day))];
    }

    private static DateOnly DayOf(CellSeries cell, Anomaly anomaly) => cell.Series.First.AddDays(anomaly.Step);

    private static FoundOutlier Of(CellSeries cell, Anomaly anomaly) => new(
        cell.Key, DayOf(cell, anomaly), anomaly.Steps, anomaly.Value, anomaly.P10, anomaly.P50, anomaly.P90, anomaly.Score, anomaly.Reason switch
        {
            AnomalyReason.Spike => OutlierReasons.Spike,
            AnomalyReason.Drop => OutlierReasons.Drop,
            AnomalyReason.StockOut => OutlierReasons.StockOut,
            _ => OutlierReasons.LevelShift,
        });
}
