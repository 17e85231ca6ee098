using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Persistence;
using EPM.Sales.Rollups;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Sales;

/// <summary>The rollups of a tenant as texts, and the proof that they say what the lines say.</summary>
internal static class Cells
{
    private static readonly (string Table, string Key)[] Tables =
        [("day_category", "day, category_no"), ("month_category", "month, category_no"), ("day_product", "day, product_no"), ("day_hour", "day, hour")];

    private const string Readable = """
        SELECT coalesce(array_agg(t ORDER BY t), '{}') FROM (
          SELECT 'day_category ' || s.code || ' ' || r.day || ' ' || coalesce(c.code, '*') || ' tickets=' || r.tickets || ' lines=' || r.lines || ' revenue=' || trim_scale(r.revenue / 10000.0)
            FROM sales.day_category r JOIN stores.store s USING (tenant_id, store_no) LEFT JOIN sales.category c USING (tenant_id, category_no)
          UNION ALL
          SELECT 'day_hour ' || s.code || ' ' || r.day || ' ' || r.hour || ' tickets=' || r.tickets || ' lines=' || r.lines || ' revenue=' || trim_scale(r.revenue / 10000.0)
            FROM sales.day_hour r JOIN stores.store s USING (tenant_id, store_no)) AS all_cells (t)
        """;

    /// <summary>Day cells by category and by hour, readable.</summary>
    public static Task<string[]> CellsAsync(this TestTenant tenant) => tenant.AskAsync<string[]>(Readable);

    /// <summary>Rebuilds all four tables from the lines, and fails unless that changes no cell.</summary>
    public static Task<bool> CellsShouldBeExactAsync(this TestTenant tenant, string? because = null) => tenant.InTransactionAsync(async (session, services) =>
    {
        var kept = await AllAsync(session);
        await services.GetRequiredService<IRollupRebuild>().ForAllAsync(session, CancellationToken.None);
        var computed = await AllAsync(session);
        kept.Except(computed, StringComparer.Ordinal).Concat(computed.Except(kept, StringComparer.Ordinal).Select(cell => "should be " + cell)).ShouldBeEmpty(because);
        kept.Length.ShouldBe(computed.Length, because);
        return true;
    });

    private static async Task<string[]> AllAsync(TenantSession session)
    {
        var cells = new List<string>();
        foreach (var (table, key) in Tables)
        {
            await using var select = session.Command($"SELECT '{table} ' || r::text FROM sales.{table} r ORDER BY store_no, {key}");
            await using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                cells.Add(reader.GetString(0));
        }
        return [.. cells];
    }
}
