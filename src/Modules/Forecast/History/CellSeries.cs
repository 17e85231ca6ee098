using EPM.Forecast.Engine;
using EPM.Sales.Contracts;

namespace EPM.Forecast.History;

/// <summary>A cell as the engine is given it, and what is kept of it beside.</summary>
/// <param name="AsOf">Last day of the history; the first day forecast is the next one.</param>
/// <param name="Open">Whether the store does business, over the days forecast.</param>
/// <param name="Fingerprint">Of all that the forecast is made from: equal ones need no new fit.</param>
internal sealed record CellSeries(CellKey Key, Series Series, int Horizon, DateOnly FirstSold, DateOnly LastSold, DateOnly AsOf, bool[] Open, long Fingerprint);

/// <summary>The days that histories are read and forecasts are made for.</summary>
/// <param name="AsOf">Last business date any store has.</param>
internal sealed record Days(DateOnly AsOf)
{
    /// <summary>Days of history a forecast is made from: three years, so that each day of a year was seen three times.</summary>
    public const int Most = 3 * 365;

    /// <summary>Days ahead that are kept: a month, and the week that may pass before a cell is trained again.</summary>
    public const int Ahead = 37;

    // A store that has told nothing for longer is not waited for.
    private const int Patience = 60;

    /// <returns>The last day of a store's history.</returns>
    public DateOnly LastOf(SalesDays known) => known.Last.AddDays(Patience) < AsOf ? AsOf : known.Last;

    /// <returns>Days to forecast behind that day, so that every store's forecasts reach equally far.</returns>
    public int HorizonFrom(DateOnly last) => Ahead + AsOf.DayNumber - last.DayNumber;
}
