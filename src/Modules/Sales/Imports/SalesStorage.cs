using EPM.Platform.Persistence;
using EPM.Tenancy.Contracts;
using Npgsql;

namespace EPM.Sales.Imports;

/// <summary>Sale lines, counted from their rollup, and the files they came in.</summary>
internal sealed class SalesStorage(TenantSession session) : ITenantStorage
{
    public Task<StorageUse> MeasureAsync(CancellationToken ct) => session.ReadAsync("""
        SELECT coalesce((SELECT sum(lines) FROM sales.month_category WHERE category_no = 0), 0)::bigint,
               coalesce((SELECT sum(octet_length(content)) FROM sales.import_chunk), 0)::bigint
        """, Array.Empty<NpgsqlParameter>(), async reader =>
        {
            await reader.ReadAsync(ct);
            return new StorageUse(reader.GetInt64(0), reader.GetInt64(1));
        }, ct);
}
