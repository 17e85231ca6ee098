using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Stores.Persistence;

internal sealed class Objectives(TenantSession session) : IObjectives
{
    private const string Sql = """
        SELECT store_no, month, revenue FROM stores.objective
        WHERE month BETWEEN date_trunc('month', $1::timestamp)::date AND $2 AND ($3::int[] IS NULL OR store_no = ANY ($3))
        ORDER BY store_no, month
        """;

    public Task<IReadOnlyList<StoreObjective>> MonthlyAsync(IReadOnlyCollection<int>? storeNos, DateOnly from, DateOnly to, CancellationToken ct)
    {
        NpgsqlParameter[] parameters =
        [
            new NpgsqlParameter<DateOnly> { TypedValue = from }, new NpgsqlParameter<DateOnly> { TypedValue = to },
            new NpgsqlParameter<int[]?> { TypedValue = storeNos?.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Integer },
        ];
        return session.ReadAsync(Sql, parameters, reader => ReadAsync(reader, ct), ct);
    }

    private static async Task<IReadOnlyList<StoreObjective>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var found = new List<StoreObjective>();
        while (await reader.ReadAsync(ct))
            found.Add(new StoreObjective(reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.GetDecimal(2)));
        return found;
    }
}
