using EPM.Forecast.Answers;
using EPM.Forecast.Engine;
using EPM.Forecast.Engine.Starts;
using EPM.Forecast.Stored;
using EPM.Forecast.Sums;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Lives;

/// <summary>Gives young products what they borrow, and lets those that leave run out.</summary>
internal sealed class LivedForecasts(LifeStore lives, StoredForecasts stored, Dependences dependences, ISalesHistory sales)
{
    private const int Month = 28;

    /// <param name="kept">What is kept of the cells asked for.</param>
    /// <param name="productNos">Products asked for; null for all.</param>
    public async Task<List<StoredForecast>> ApplyAsync(Seen seen, List<StoredForecast> kept, IReadOnlyCollection<int>? productNos, int[] storeNos, CancellationToken ct)
    {
        var concerned = (await lives.AllAsync(ct)).Where(life => productNos?.Contains(life.ProductNo) != false && seen.Catalogue.ByNo.ContainsKey(life.ProductNo)).ToArray();
        if (concerned.Length == 0)
            return kept;
        var cells = kept.ToDictionary(cell => cell.Key);
        foreach (var life in concerned.Where(life => life.Started))
        {
            foreach (var storeNo in storeNos)
            {
                var key = new CellKey(storeNo, life.ProductNo);
                if (await StartedAsync(seen, life, key, cells.GetValueOrDefault(key), ct) is { } started)
                    cells[key] = started;
            }
        }
        foreach (var life in concerned.Where(life => life.EndsOn is not null))
        {
            foreach (var (key, cell) in cells.Where(cell => cell.Key.ProductNo == life.ProductNo).ToArray())
                cells[key] = Ending(cell, life.EndsOn!.Value);
        }
        return [.. cells.Values.OrderBy(cell => cell.Key.ProductNo).ThenBy(cell => cell.Key.StoreNo)];
    }

    private async Task<StoredForecast?> StartedAsync(Seen seen, Life life, CellKey key, StoredForecast? own, CancellationToken ct)
    {
        var leader = await LeaderAsync(seen, life, key.StoreNo, ct);
        if (leader is null)
            return null;
        var (first, last) = (leader.First.AddDays(-NewProducts.OwnAlone), leader.First.AddDays(-1));
        var sold = await sales.ReadAsync(key.StoreNo, [key.ProductNo], first, last, ct);
        var begin = sold.UnitsOf(key.ProductNo).IndexOfAnyExcept(0L);
        // Sold all that time: it goes its own way.
        if (begin == 0)
            return null;
        var then = begin < 0 ? [] : await LeaderThenAsync(life, seen, key.StoreNo, first.AddDays(begin), last, ct);
        var units = begin < 0 ? Array.Empty<double>() : Array.ConvertAll(sold.UnitsOf(key.ProductNo)[begin..].ToArray(), value => Math.Max(0, value / 10_000.0));
        var mine = own is null ? null : CellAhead.Of(own, leader.First, leader.Prediction.Horizon);
        var said = life.LikeNo is null
            ? NewProducts.ShareOf(leader.Prediction, units, then, leader.Share * (double)life.Multiplier, mine?.Prediction)
            : NewProducts.Like(leader.Prediction, units, then, (double)life.Multiplier, mine?.Prediction);
        var parts = new double[leader.Prediction.Horizon * Kept.Parts];
        said.Prediction.Mean.CopyTo(parts, 0);
        return new StoredForecast(key, CellStates.New, leader.First, said.Prediction, mine?.Naive ?? new double[leader.Prediction.Horizon], parts, own?.Recipe ?? new Recipe([], 1, 1),
            leader.At, leader.At, own?.Score ?? default);
    }

    private async Task<Leader?> LeaderAsync(Seen seen, Life life, int storeNo, CancellationToken ct)
    {
        if (life.LikeNo is { } like)
            return (await stored.ReadAsync([like], [storeNo], ct)).FirstOrDefault() is { } one ? new Leader(one.First, one.Prediction, 1, one.RefreshedAt) : null;
        var category = CategoryOf(seen, life);
        var cells = await stored.ReadAsync(category, [storeNo], ct);
        if (cells.Count == 0)
            return null;
        var first = cells.Max(cell => cell.First);
        var horizon = cells[0].Prediction.Horizon;
        var sum = CellSum.Of([.. cells.Select(cell => CellAhead.Of(cell, first, horizon))], horizon, await dependences.CurrentAsync(ct), seen.Map);
        var sold = await sales.UnitsAsync([storeNo], first.AddDays(-Month), first.AddDays(-1), ct);
        var share = NewProducts.UsualShare([.. category.Select(no => (double)sold.GetValueOrDefault(no))]);
        return share > 0 ? new Leader(first, sum.Prediction, share, cells.Max(cell => cell.RefreshedAt)) : null;
    }

    private async Task<double[]> LeaderThenAsync(Life life, Seen seen, int storeNo, DateOnly from, DateOnly to, CancellationToken ct)
    {
        DateOnly[] days = [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)];
        var sold = (life.LikeNo is { } like ? await sales.OfProductAsync(like, [storeNo], days, ct)
            : await sales.OfCategoriesAsync([seen.Catalogue.ByNo[life.ProductNo].CategoryNo], [storeNo], days, ct)).ToDictionary(day => day.Day, day => day.Units);
        return [.. days.Select(day => Math.Max(0, (double)sold.GetValueOrDefault(day)))];
    }

    private static int[] CategoryOf(Seen seen, Life life)
    {
        var category = seen.Catalogue.ByNo[life.ProductNo].CategoryNo;
        return [.. seen.Catalogue.All.Where(product => product.ProductNo != life.ProductNo && seen.Catalogue.IsWithin(product, category)).Select(product => product.ProductNo)];
    }

    private static StoredForecast Ending(StoredForecast cell, DateOnly on)
    {
        var ending = EndOfLife.Towards(cell.Prediction, Math.Max(0, on.DayNumber - cell.First.DayNumber));
        var (horizon, parts) = (cell.Prediction.Horizon, cell.Parts.ToArray());
        for (var i = 0; i < parts.Length; i++)
        {
            var before = cell.Prediction.Mean[i % horizon];
            parts[i] *= before > 0 ? ending.Mean[i % horizon] / before : 0;
        }
        return cell with { Prediction = ending, Parts = parts };
    }

    /// <param name="Share">What is expected of a product for each unit of it.</param>
    private sealed record Leader(DateOnly First, Prediction Prediction, double Share, DateTimeOffset At);
}
