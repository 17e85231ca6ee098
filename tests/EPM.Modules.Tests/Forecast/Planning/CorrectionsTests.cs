using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast.Planning;

public sealed class CorrectionsTests : FeatureTest
{
    private const string Route = "/api/v1/forecasts/corrections";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.SellDailyAsync();
    }

    [Fact]
    public async Task What_is_learnt_is_corrected_and_what_was_sold_stays()
    {
        await Tenant.ForecastAsync();
        var revenue = await RevenueAsync();
        var before = await MeanAsync();
        var analyst = await Tenant.As(Roles.Analyst);
        var set = await SetAsync(analyst, [.. Enumerable.Range(0, 28).Select(back => Day(back, 100))]);
        set.GetProperty("items")[0].GetProperty("corrected").GetDouble().ShouldBe(100);
        set.GetProperty("items")[0].GetProperty("units").GetDouble().ShouldBeLessThan(60);
        (await Tenant.ForecastAsync("refresh")).ToldOfRun().ShouldBe("completed: 1 series, 1 done, 1 refitted, 0 failed");
        (await MeanAsync()).ShouldBeGreaterThan(before * 1.5);
        (await RevenueAsync()).ShouldBe(revenue);
        foreach (var item in (await analyst.GetJsonAsync(Route)).GetProperty("items").EnumerateArray())
            (await analyst.DeleteAsync($"{Route}/{item.GetProperty("id").GetGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Tenant.ForecastAsync("refresh")).ToldOfRun().ShouldBe("completed: 1 series, 1 done, 1 refitted, 0 failed");
        // A refresh leaves out what hardly counts.
        (await MeanAsync()).ShouldBe(before, 0.001 * before, "nothing is left of it");
    }

    [Fact]
    public async Task A_day_may_be_left_out_and_corrected_anew()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        var first = await SetAsync(analyst, Day(3, null, "event"));
        first.GetProperty("items")[0].GetProperty("corrected").ValueKind.ShouldBe(JsonValueKind.Null);
        var second = await SetAsync(analyst, Day(3, 12.5, "manual"));
        second.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(first.GetProperty("items")[0].GetProperty("id").GetGuid());
        var all = await analyst.GetJsonAsync($"{Route}?sku=P1&store=N2");
        (all.GetProperty("total").GetInt32(), all.GetProperty("items")[0].GetProperty("corrected").GetDouble(), all.GetProperty("items")[0].GetProperty("reason").GetString())
            .ShouldBe((1, 12.5, "manual"));
        (await analyst.GetJsonAsync($"{Route}?sku=P1&store=N1")).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_corrected_day_shows_what_was_sold_and_what_is_learnt_from_and_what_had_been_said_of_it()
    {
        await Tenant.ForecastAsync();
        await Tenant.SellAsync($"{ForecastChain.Header}\n{string.Join('\n', ForecastChain.LinesOf(ForecastChain.Last.AddDays(1), 1))}\n");
        await Tenant.ForecastAsync("refresh");
        var analyst = await Tenant.As(Roles.Analyst);
        await SetAsync(analyst, Day(-1, 100), Day(0, null, "event"));
        var (one, all) = (await DaysAsync("&store=N2"), await DaysAsync(""));
        (one[^1].GetProperty("corrected").GetDouble(), one[^1].GetProperty("note").GetString()).ShouldBe((100, "stock_out"));
        one[^1].GetProperty("units").GetDouble().ShouldBeLessThan(60);
        one[^1].GetProperty("said").GetProperty("p50").GetDouble().ShouldBeGreaterThan(0);
        (one[^2].GetProperty("corrected").ValueKind, one[^2].GetProperty("note").GetString()).ShouldBe((JsonValueKind.Null, "corrected"));
        (all[^1].GetProperty("corrected").GetDouble() - all[^1].GetProperty("units").GetDouble()).ShouldBe(100 - one[^1].GetProperty("units").GetDouble(), 1e-6);
        all[^1].GetProperty("said").ValueKind.ShouldBe(JsonValueKind.Null, "quantiles of stores do not add up");

        async Task<JsonElement[]> DaysAsync(string where) =>
            [.. (await analyst.GetJsonAsync($"/api/v1/forecasts/P1?history=14{where}")).GetProperty("history").EnumerateArray()];
    }

    [Fact]
    public async Task What_cannot_be_corrected_is_told_with_its_place()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        using var wrong = await PutAsync(analyst, Day(1, -5), Day(2, 5, "parce que"));
        var problem = await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (problem.CodeOf("items[0].corrected"), problem.CodeOf("items[1].reason")).ShouldBe(("InclusiveBetweenValidator", "correction_reason"));
        using var future = await PutAsync(analyst, new { sku = "P1", store = "N2", date = "2099-01-01", corrected = 1, reason = "manual" });
        (await future.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("items[0].date").ShouldBe("correction_in_future");
        using var unknown = await PutAsync(analyst, new { sku = "PX", store = "N2", date = "2026-10-01", corrected = 1, reason = "manual" });
        await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "forecast_product_unknown");
    }

    [Fact]
    public async Task A_store_manager_corrects_their_own_store_alone_and_another_chain_none()
    {
        var id = (await SetAsync(await Tenant.As(Roles.Analyst), Day(1, 1))).GetProperty("items")[0].GetProperty("id").GetGuid();
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N1"));
        using var refused = await PutAsync(manager, Day(1, 1));
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
        (await manager.GetJsonAsync(Route)).GetProperty("total").GetInt32().ShouldBe(0);
        var other = await (await Host.NewTenantAsync()).As(Roles.Analyst);
        foreach (var client in new[] { manager, other })
        {
            using var taken = await client.DeleteAsync($"{Route}/{id}");
            await taken.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
        using var admin = await PutAsync(await Tenant.As(Roles.Admin), Day(1, 1));
        await admin.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private static object Day(int back, double? corrected, string reason = "stock_out") =>
        new { sku = "P1", store = "N2", date = $"{ForecastChain.Last.AddDays(-back):yyyy-MM-dd}", corrected, reason, note = "Rayon vide" };

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, params object[] items) => client.PutAsJsonAsync(Route, new { items });

    private static async Task<JsonElement> SetAsync(HttpClient client, params object[] items)
    {
        using var response = await PutAsync(client, items);
        return await response.ShouldBeJsonAsync();
    }

    private Task<double> MeanAsync() => Tenant.AskAsync<double>("""
        SELECT (SELECT sum(x) FROM unnest(f.mean) x)::float8 FROM forecast.prediction f JOIN sales.product p USING (tenant_id, product_no)
        JOIN stores.store s ON s.tenant_id = f.tenant_id AND s.store_no = f.store_no WHERE p.sku = 'P1' AND s.code = 'N2'
        """);

    private Task<decimal> RevenueAsync() => Tenant.AskAsync<decimal>("SELECT sum(revenue) FROM sales.day_product");
}
