using EPM.Platform.Persistence;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Sales.Rollups;

/// <summary>A store with sales keeps its time zone: their business dates were told by it.</summary>
internal sealed class StoreUsage : IStoreUsage
{
    public async Task<bool> HasSalesAsync(TenantSession session, int storeNo, CancellationToken ct)
    {
        await using var ask = session.Command(
            "SELECT EXISTS (SELECT 1 FROM sales.month_category WHERE tenant_id = $1 AND category_no = 0 AND store_no = $2)");
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        ask.Parameters.Add(new NpgsqlParameter<int> { TypedValue = storeNo });
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
