using EPM.Forecast.Domain;
using EPM.Platform.Http;

namespace EPM.Forecast.Overrides;

/// <summary>What an override makes of the forecasts it reaches. Quantities are ten-thousandths.</summary>
/// <param name="Before">With all other overrides, without this one.</param>
/// <param name="Cells">Forecasts it reaches.</param>
/// <param name="Shares">Null unless a total is shared.</param>
internal sealed record OverrideEffect(long Before, long After, IReadOnlyList<CellMeans> Cells, IReadOnlyList<DayEffect> Days, long[]? Shares);

internal readonly record struct DayEffect(DateOnly Day, long Before, long After);

internal sealed class OverrideEffects(StatisticalMeans statistical, OverridesInForce inForce)
{
    /// <param name="made">The override as it is to stand, but for its effect.</param>
    /// <exception cref="RuleBroken">A total is to be shared and nothing is forecast there.</exception>
    /// <exception cref="Invalid">A total is for days that are past, or not forecast yet.</exception>
    public async Task<OverrideEffect> OfAsync(Override made, OverrideReach reach, Formula formula, string path, CancellationToken ct)
    {
        var products = reach.ProductNos();
        var cells = await statistical.ReadAsync(reach.StoreNos(), products, ct);
        var shares = formula.IsOfEachDay ? null : OverrideShares.Of(formula, MeansOf(made, cells, path));
        var others = await inForce.LayerAsync(products, made.FromDay, made.OverrideId, ct);
        var with = others.With(new LaidOverride(made, reach, formula), cells, shares);
        var days = Enumerable.Range(0, made.ToDay.DayNumber - made.FromDay.DayNumber + 1).Select(i => new DayEffect(made.FromDay.AddDays(i), 0, 0)).ToArray();
        foreach (var cell in cells)
        {
            var first = cell.First > made.FromDay ? cell.First : made.FromDay;
            var means = Enumerable.Range(0, Math.Max(0, made.ToDay.DayNumber - first.DayNumber + 1)).Select(i => cell.On(first.AddDays(i))).ToArray();
            var (before, after) = (others.MeansOf(cell.Cell, first, means), with.MeansOf(cell.Cell, first, means));
            var at = first.DayNumber - made.FromDay.DayNumber;
            for (var i = 0; i < means.Length; i++)
            {
                var statisticalMean = Quantity.OfMean(means[i]);
                var day = days[at + i];
                days[at + i] = day with { Before = Quantity.Plus(day.Before, before?[i] ?? statisticalMean), After = Quantity.Plus(day.After, after?[i] ?? statisticalMean) };
            }
        }
        return new OverrideEffect(
            days.Aggregate(0L, (sum, day) => Quantity.Plus(sum, day.Before)), days.Aggregate(0L, (sum, day) => Quantity.Plus(sum, day.After)), cells, days, shares);
    }

    private static long[] MeansOf(Override made, List<CellMeans> cells, string path)
    {
        if (cells.Count == 0)
            throw new RuleBroken("override_no_forecast");
        if (made.FromDay < cells.Min(cell => cell.First))
            throw new Invalid([new FieldError(path + "from", "override_from_past")]);
        if (made.ToDay > cells.Max(cell => cell.Last))
            throw new Invalid([new FieldError(path + "to", "override_beyond_forecast")]);
        var days = made.ToDay.DayNumber - made.FromDay.DayNumber + 1;
        var means = new long[cells.Count * days];
        for (var i = 0; i < means.Length; i++)
            means[i] = Quantity.OfMean(cells[i / days].On(made.FromDay.AddDays(i % days)));
        return means;
    }
}
