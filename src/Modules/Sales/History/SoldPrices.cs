using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Sales.History;

internal sealed class SoldPrices(TenantSession session) : ISoldPrices
{
    // A day on which more was taken back than sold counts no units, as in the histories forecasts are made from, but what it cost.
    private const string Sql = """
        SELECT store_no, product_no, sum(revenue)::float8 / sum(greatest(units, 0))::float8 FROM sales.day_product
        WHERE tenant_id = $1 AND store_no = ANY ($2) AND day BETWEEN $3 AND $4 GROUP BY 1, 2 HAVING sum(greatest(units, 0)) > 0 AND sum(revenue) > 0
        """;

    public Task<IReadOnlyDictionary<CellKey, double>> PerUnitAsync(IReadOnlyCollection<int> storeNos, DateOnly from, DateOnly to, CancellationToken ct)
    {
        NpgsqlParameter[] parameters =
        [
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = [.. storeNos] },
            new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to },
        ];
        return session.ReadAsync(Sql, parameters, reader => ReadAsync(reader, ct), ct);
    }

    private static async Task<IReadOnlyDictionary<CellKey, double>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var prices = new Dictionary<CellKey, double>();
        while (await reader.ReadAsync(ct))
            prices[new CellKey(reader.GetInt32(0), reader.GetInt32(1))] = reader.GetDouble(2);
        return prices;
    }
}
