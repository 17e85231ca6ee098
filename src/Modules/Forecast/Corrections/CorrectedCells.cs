using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using Npgsql;

namespace EPM.Forecast.Corrections;

/// <summary>Tells runs which cells are to be looked at again because people changed what they are learnt from.</summary>
internal static class CorrectedCells
{
    public static async Task MarkAsync(TenantSession session, IReadOnlyCollection<CellKey> cells, CancellationToken ct)
    {
        await using var mark = session.Command("""
            UPDATE forecast.cell c SET stale = true FROM unnest($2::int[], $3::int[]) AS k (store_no, product_no)
            WHERE c.tenant_id = $1 AND c.product_no = k.product_no AND c.store_no = k.store_no
            """);
        mark.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        mark.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. cells.Select(cell => cell.StoreNo)] });
        mark.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. cells.Select(cell => cell.ProductNo)] });
        await mark.ExecuteNonQueryAsync(ct);
    }
}
