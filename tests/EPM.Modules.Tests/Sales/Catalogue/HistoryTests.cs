using System.Net;
using System.Net.Http.Json;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.Sales.Rollups;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Sales.Catalogue;

/// <summary>Edits of the catalogue alter what past sales are summed under, in the same transaction. Store N1 sold P1 for 1,000 on 2 May 2026.</summary>
public sealed class HistoryTests : FeatureTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.OpenTwoRegionsAsync();
        await Tenant.AddCategoryAsync("a");
        await Tenant.AddCategoryAsync("b");
        await Tenant.AddProductAsync("P1", "a");
        await SellAsync("2026-05-02T10:00:00Z", "T1");
    }

    [Fact]
    public async Task A_product_that_moves_takes_its_past_sales_along()
    {
        (await RevenueAsync()).ShouldBe("0=1000 a=1000");
        await Tenant.ChangeProductAsync("P1", "b");
        (await RevenueAsync()).ShouldBe("0=1000 b=1000");
        await Tenant.ApplyAsync("products", "sku=P1;category=neuf;parent_category=a");
        (await RevenueAsync()).ShouldBe("0=1000 a=1000 neuf=1000");
    }

    [Fact]
    public async Task A_category_that_moves_takes_the_sales_below_it_along()
    {
        using var moved = await (await Tenant.As(Roles.Admin)).PutAsJsonAsync("/api/v1/categories/a", new { name = "A", parent = "b" });
        moved.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RevenueAsync()).ShouldBe("0=1000 a=1000 b=1000");
        await Tenant.ApplyAsync("products", "sku=P1;category=a;parent_category=c");
        (await RevenueAsync()).ShouldBe("0=1000 a=1000 c=1000");
    }

    [Fact]
    public async Task A_first_purchase_price_costs_the_past_and_a_later_one_leaves_it_alone()
    {
        (await CostAsync()).ShouldBe(0);
        await Tenant.ChangeProductAsync("P1", "a", purchasePrice: 600);
        (await CostAsync()).ShouldBe(600);
        await Tenant.ChangeProductAsync("P1", "a", purchasePrice: 700);
        (await CostAsync()).ShouldBe(600);
    }

    [Fact]
    public async Task A_new_price_costs_what_was_sold_since_its_day()
    {
        await Tenant.ChangeProductAsync("P1", "a", purchasePrice: 600);
        await SellAsync(TimeProvider.System.GetUtcNow().AddDays(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture), "T2");
        (await CostAsync()).ShouldBe(1200);
        await Tenant.ChangeProductAsync("P1", "a", purchasePrice: 700);
        (await CostAsync()).ShouldBe(1300);
    }

    [Fact]
    public async Task The_time_zone_of_a_store_is_fixed_once_it_has_sold()
    {
        var admin = await Tenant.As(Roles.Admin);
        foreach (var (code, status) in new[] { ("N1", HttpStatusCode.UnprocessableEntity), ("N2", HttpStatusCode.OK) })
        {
            var body = Chain.Store(code, "nord");
            body["timeZone"] = "Europe/Paris";
            using var response = await admin.PutAsJsonAsync("/api/v1/stores/" + code, body);
            response.StatusCode.ShouldBe(status, code);
        }
        var outcome = (await Tenant.ApplyAsync("stores", "code=N1;time_zone=Europe/Paris")).Single();
        outcome.Errors.Single().Code.ShouldBe("store_time_zone_fixed");
    }

    private Task<bool> SellAsync(string at, string ticket) => Tenant.InTransactionAsync(async (session, services) =>
    {
        await using var sell = session.Command("""
            INSERT INTO sales.line (tenant_id, sold_at, store_no, product_no, import_no, line, tax_basis_points,
              ticket, customer, quantity, unit_price, discount)
            VALUES ($1, $2::timestamptz, 1, 1, 1, 1, 0, $3, '', 1, 1000, 0)
            """);
        sell.Parameters.AddWithValue(session.TenantId);
        sell.Parameters.AddWithValue(at);
        sell.Parameters.AddWithValue(ticket);
        await sell.ExecuteNonQueryAsync();
        await services.GetRequiredService<IRollupRebuild>().ForAllAsync(session, CancellationToken.None);
        return true;
    });

    private Task<string> RevenueAsync() => AskAsync<string>("""
        SELECT string_agg(coalesce(c.code, '0') || '=' || d.revenue / 10000, ' ' ORDER BY coalesce(c.code, '0'))
        FROM sales.month_category d LEFT JOIN sales.category c USING (tenant_id, category_no)
        """);

    private Task<long> CostAsync() => AskAsync<long>("SELECT (sum(cost) / 10000)::bigint FROM sales.day_category WHERE category_no = 0");

    private Task<T> AskAsync<T>(string sql) => Tenant.InTransactionAsync(async (session, _) =>
    {
        await using var ask = session.Command(sql);
        return (T)(await ask.ExecuteScalarAsync())!;
    });
}
