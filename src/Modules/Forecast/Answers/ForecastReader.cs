using EPM.Forecast.History;
using EPM.Forecast.Lives;
using EPM.Forecast.Overrides;
using EPM.Forecast.Stored;
using EPM.Platform.Http;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Answers;

/// <summary>What is expected of the cells asked for, over the days asked for.</summary>
/// <param name="AsOf">Last business date learnt from; null when nothing was ever sold.</param>
internal sealed record Expected(Asked Asked, IReadOnlyList<CellAhead> Cells, DateOnly? AsOf, DateOnly From, int Horizon, bool Ended);

/// <summary>Finds what is kept, fits on the fly what is not, and cuts the days asked for out of it.</summary>
internal sealed class ForecastReader(StoredForecasts stored, CellReader cells, OnTheFly fly, LivedForecasts lived, OverriddenAhead overrides, ISalesHistory sales)
{
    public async Task<Expected> ReadAsync(Seen seen, ForecastQuery query, CancellationToken ct)
    {
        var asked = Asked.Of(seen, query);
        var kept = await stored.ReadAsync(asked.ProductNos, asked.StoreNos, ct);
        var ended = false;
        if (kept.Count == 0 && query.Level == Levels.Product)
        {
            ended = await cells.IsEndedAsync(asked.Product.ProductNo, asked.StoreNos, ct);
            kept = ended ? [] : await fly.FitAsync(asked, ct);
        }
        kept = await lived.ApplyAsync(seen, kept, asked.ProductNos, asked.StoreNos, ct);
        // Cells whose sales have not changed keep the forecast of an earlier day: it reaches over the same days.
        var asOf = kept.Count > 0 ? kept.Max(cell => cell.First).AddDays(-1) : HistoryReader.DaysOf(await sales.StandAsync(ct))?.AsOf;
        var from = query.From is { } day && day > asOf?.AddDays(1) ? day : asOf?.AddDays(1) ?? query.From ?? DateOnly.MinValue;
        if (asOf is { } last && from.DayNumber - last.DayNumber > Days.Ahead)
            throw new BadInput("forecast_too_far", ("days", Days.Ahead));
        CellAhead[] ahead = [.. kept.Select(cell => CellAhead.Of(cell, from, query.Horizon))];
        return new Expected(asked, await overrides.OnAsync(ahead, from, ct), asOf, from, query.Horizon, ended);
    }
}
