using EPM.Forecast.Engine;
using EPM.Forecast.History;

namespace EPM.Forecast.Stored;

/// <summary>A forecast that is to be kept.</summary>
/// <param name="Trained">Whether it was chosen by backtests; otherwise those of before stay.</param>
internal sealed record CellForecast(CellSeries Cell, SeriesForecast Said, string State, bool Trained);

/// <summary>Names of what is known of a cell.</summary>
internal static class CellStates
{
    public const string Tested = "tested";
    public const string Short = "short";
    public const string Constant = "constant";
    public const string New = "new";
    public const string Ended = "ended";

    /// <summary>Of a product that was never sold where one looks.</summary>
    public const string None = "none";

    // Until then not even its week is known.
    private const int NewFor = 28;

    public static string Of(CellSeries cell, Standing standing) => standing switch
    {
        Standing.Tested => Tested,
        _ when cell.FirstSold.AddDays(NewFor) > cell.AsOf => New,
        Standing.Constant => Constant,
        _ => Short,
    };
}
