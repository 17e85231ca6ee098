using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Landing;

/// <summary>Reads the forecasts of whole stores.</summary>
internal sealed class CellsToCome(TenantSession session)
{
    private const string Sql = """
        SELECT p.product_no, p.store_no, p.first_day, p.mean, p.quantiles FROM forecast.prediction p
        WHERE p.tenant_id = $1 AND p.store_no = ANY ($2) ORDER BY p.store_no, p.product_no
        """;

    // What stands changes with each batch of a run.
    private const string Stamp = "SELECT run_id, done FROM forecast.run WHERE tenant_id = $1 AND planned ORDER BY created_at DESC, run_id DESC LIMIT 1";

    /// <summary>Another one after every change of what is stored; null while nothing was ever forecast.</summary>
    public Task<string?> StampAsync(CancellationToken ct) => session.ReadAsync(Stamp, [Tenant()], async reader =>
        await reader.ReadAsync(ct) ? FormattableString.Invariant($"{reader.GetGuid(0)}/{reader.GetInt32(1)}") : null, ct);

    public Task<ILookup<int, CellToCome>> OfAsync(int[] storeNos, CancellationToken ct) => session.ReadAsync(
        Sql, [Tenant(), new NpgsqlParameter<int[]> { TypedValue = storeNos }], async reader =>
        {
            var cells = new List<CellToCome>();
            while (await reader.ReadAsync(ct))
            {
                cells.Add(new CellToCome(
                    new CellKey(reader.GetInt32(1), reader.GetInt32(0)), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<float[]>(3), reader.GetFieldValue<float[]>(4)));
            }
            return cells.ToLookup(cell => cell.Key.StoreNo);
        }, ct);

    private NpgsqlParameter<Guid> Tenant() => new() { TypedValue = session.TenantId };
}
