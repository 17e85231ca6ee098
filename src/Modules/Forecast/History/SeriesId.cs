using EPM.Sales.Contracts;

namespace EPM.Forecast.History;

internal static class SeriesId
{
    public static string Of(CellKey key) => FormattableString.Invariant($"{key.ProductNo}/{key.StoreNo}");
}
