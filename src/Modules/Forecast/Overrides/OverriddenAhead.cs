using EPM.Forecast.Answers;
using EPM.Forecast.Domain;
using EPM.Forecast.Engine;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Overrides;

/// <summary>Puts what people said on what is expected, as it is read.</summary>
internal sealed class OverriddenAhead(OverridesInForce overrides)
{
    private static readonly double[] Levels = [.. Prediction.Levels];

    /// <param name="from">First day of every cell.</param>
    /// <returns>The same cells; those that nobody said anything of are the very same.</returns>
    public async Task<IReadOnlyList<CellAhead>> OnAsync(IReadOnlyList<CellAhead> cells, DateOnly from, CancellationToken ct)
    {
        if (cells.Count == 0)
            return cells;
        var layer = await overrides.ReadAsync([.. cells.Select(cell => cell.Key.ProductNo).Distinct()], from, ct);
        return layer.IsEmpty ? cells : [.. cells.Select(cell => On(layer, cell, from))];
    }

    public static CellAhead On(OverrideLayer layer, CellAhead cell, DateOnly from) =>
        On(layer, cell.Key, cell.Prediction, from) is var said && ReferenceEquals(said, cell.Prediction) ? cell : cell with { Prediction = said };

    /// <param name="prediction">As it is before anybody said anything.</param>
    /// <param name="from">The day of its first step.</param>
    /// <returns>The very same when nobody did.</returns>
    public static Prediction On(OverrideLayer layer, CellKey cell, Prediction prediction, DateOnly from)
    {
        if (layer.MeansOf(cell, from, prediction.Mean) is not { } days)
            return prediction;
        var (mean, quantiles) = ((double[])prediction.Mean.Clone(), (double[])prediction.Quantiles.Clone());
        for (var day = 0; day < days.Length; day++)
        {
            if (days[day] is not { } quantity)
                continue;
            mean[day] = Quantity.Units(quantity);
            RelativeSpread.Around(Levels, quantiles.AsSpan(day * Levels.Length, Levels.Length), prediction.Mean[day], mean[day]);
        }
        return new Prediction(mean, quantiles);
    }
}
