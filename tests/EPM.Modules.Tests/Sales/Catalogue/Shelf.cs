using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Catalogue;

/// <summary>Categories and products for tests, made over HTTP by the chain's administrator.</summary>
internal static class Shelf
{
    public static async Task AddCategoryAsync(this TestTenant tenant, string code, string? parent = null)
    {
        using var response = await (await tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/categories", new { code, name = "Rayon " + code, parent });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    public static async Task<JsonElement> AddProductAsync(
        this TestTenant tenant, string sku, string? category = null, decimal? purchasePrice = null, string? name = null)
    {
        using var response = await (await tenant.As(Roles.Admin)).PostAsJsonAsync(
            "/api/v1/products", new { sku, name = name ?? "Produit " + sku, category, purchasePrice, salePrice = 1500, taxRate = 0.18 });
        return await response.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    public static async Task<JsonElement> ChangeProductAsync(
        this TestTenant tenant, string sku, string? category = null, decimal? purchasePrice = null, HttpClient? by = null)
    {
        using var response = await (by ?? await tenant.As(Roles.Admin)).PutAsJsonAsync(
            $"/api/v1/products/{Uri.EscapeDataString(sku)}",
            new { name = "Produit " + sku, category, purchasePrice, salePrice = 1500, taxRate = 0.18, active = true });
        return await response.ShouldBeJsonAsync();
    }

    /// <summary>Purchase prices of a product as they are stored: day and price, oldest first.</summary>
    public static Task<string> PricesAsync(this TestTenant tenant, string sku) => tenant.InTransactionAsync(async (session, _) =>
    {
        await using var select = session.Command("""
            SELECT coalesce(string_agg(c.valid_from || '=' || c.cost, ' ' ORDER BY c.valid_from), '')
            FROM sales.product p JOIN sales.product_cost c USING (tenant_id, product_no) WHERE p.sku = $1
            """);
        select.Parameters.AddWithValue(sku);
        return (string)(await select.ExecuteScalarAsync())!;
    });

    public static IReadOnlyList<string?> Skus(this JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sku").GetString())];
}
