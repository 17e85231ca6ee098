using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Catalogue;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>
/// A chain that can sell: stores N1, N2 (nord) and S1 (sud); category <c>a</c> above <c>a1</c>, and <c>b</c>; products P1 (in a1, bought at 600),
/// P2 (in b, purchase price unknown) and P3 (in a itself, bought at 400), each sold at 1,500 with 18 % tax.
/// </summary>
public abstract class SalesTest : FeatureTest
{
    protected const string Header = "store,ticket,line,sold_at,sku,quantity,unit_price,discount,tax_rate,customer";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.OpenChainAsync();
    }

    protected static string File(params string[] lines) => string.Join('\n', lines.Prepend(Header)) + "\n";
}

internal static class SalesChain
{
    public static async Task OpenChainAsync(this TestTenant tenant)
    {
        await tenant.OpenTwoRegionsAsync();
        await tenant.AddCategoryAsync("a");
        await tenant.AddCategoryAsync("a1", "a");
        await tenant.AddCategoryAsync("b");
        await tenant.AddProductAsync("P1", "a1", purchasePrice: 600);
        await tenant.AddProductAsync("P2", "b");
        await tenant.AddProductAsync("P3", "a", purchasePrice: 400);
    }

    public static async Task SetObjectivesAsync(this TestTenant tenant, string store, params (string Month, decimal Revenue)[] objectives)
    {
        using var response = await (await tenant.As(Roles.Admin)).PutAsJsonAsync($"/api/v1/stores/{store}/objectives",
            new { items = objectives.Select(objective => new { month = objective.Month, revenue = objective.Revenue }) });
        await response.ShouldBeJsonAsync();
    }

    /// <summary>Every stored line of the tenant, one text each, in key order.</summary>
    public static Task<string[]> LinesAsync(this TestTenant tenant) => tenant.AskAsync<string[]>("""
        SELECT coalesce(array_agg(t.text ORDER BY t.code, t.ticket, t.line), '{}') FROM (
          SELECT s.code, l.ticket, l.line, concat_ws(' ', s.code, l.ticket || '/' || l.line, to_char(l.sold_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), p.sku,
            trim_scale(l.quantity) || '×' || trim_scale(l.unit_price) || '-' || trim_scale(l.discount), l.tax_basis_points || 'bp', nullif(l.customer, '')) AS text
          FROM sales.line l JOIN sales.product p USING (tenant_id, product_no) JOIN stores.store s ON s.tenant_id = l.tenant_id AND s.store_no = l.store_no) t
        """);

    /// <summary>Asks the tenant's own tables one question, as the application's role.</summary>
    public static Task<T> AskAsync<T>(this TestTenant tenant, string sql) => tenant.InTransactionAsync(async (session, _) =>
    {
        await using var ask = session.Command(sql);
        return (T)(await ask.ExecuteScalarAsync())!;
    });

    public static string[] Words(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.ToString())];
}
