using EPM.Forecast.Answers;
using EPM.Forecast.Engine;
using EPM.Forecast.Engine.Paths;
using EPM.Forecast.Stored;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Sums;

/// <summary>Cells together, day by day and over all days.</summary>
/// <param name="Total">Of all days.</param>
/// <param name="Parts">Seven stretches of a value a day.</param>
internal sealed record CellSum(Prediction Prediction, Total Total, double[] Statistical, double[] Naive, double[] Parts)
{
    /// <summary>Sums means, and draws paths for what lies around them; a cell alone keeps the quantiles it has.</summary>
    public static CellSum Of(IReadOnlyList<CellAhead> cells, int horizon, Dependence dependence, StoreMap map)
    {
        var sampler = new PathSampler(dependence, horizon);
        var sum = new PathSum(horizon);
        var (statistical, naive, parts) = (new double[horizon], new double[horizon], new double[horizon * Kept.Parts]);
        foreach (var cell in cells)
        {
            sampler.AddTo(sum, cell.Id, map.ByNo[cell.Key.StoreNo].Code, cell.Prediction);
            Add(statistical, cell.Statistical);
            Add(naive, cell.Naive);
            Add(parts, cell.Parts);
        }
        return new CellSum(cells.Count == 1 ? cells[0].Prediction : sum.ToPrediction(), sum.Over(), statistical, naive, parts);
    }

    private static void Add(double[] sum, double[] values)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += values[i];
    }
}
