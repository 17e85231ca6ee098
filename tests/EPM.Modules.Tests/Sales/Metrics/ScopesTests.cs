using System.Net;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Metrics;

/// <summary>Who asks decides what is summed, and what of it is shown.</summary>
public sealed class ScopesTests : FiguresTest
{
    [Fact]
    public async Task A_regional_manager_sees_the_sums_of_the_region_and_a_store_manager_those_of_the_store()
    {
        var regional = await Tenant.As(Roles.RegionalManager, Chain.Regions("nord"));
        (await AskAsync($"metrics=revenue,tickets&by=store&{October}", regional)).ShouldBe(["N1: 4580 2", "N2: 1770 1", "total: 6350 3"]);
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N2"));
        (await AskAsync($"metrics=revenue,tickets&by=category&{October}", manager)).ShouldBe(["a: 1770 1", "total: 1770 1"]);
        var dashboard = await manager.GetJsonAsync($"/api/v1/dashboard?{October}");
        dashboard.GetProperty("stores").EnumerateArray().Select(store => store.GetProperty("code").GetString()).ShouldBe(["N2"]);
        dashboard.GetProperty("cards")[0].GetProperty("value").GetDecimal().ShouldBe(1770);
        (await manager.GetJsonAsync($"/api/v1/sales/tickets?{October}")).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("gross-margin")]
    [InlineData("revenue,margin-rate")]
    public async Task Who_may_not_see_cost_is_refused_what_follows_from_it(string metrics)
    {
        var blind = await Tenant.As(Roles.Analyst, DataScope.Everything with { SeesCost = false });
        using var response = await blind.GetAsync($"/api/v1/metrics/query?metrics={metrics}&{October}");
        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var dashboard = await blind.GetJsonAsync($"/api/v1/dashboard?{October}");
        dashboard.GetProperty("cards").EnumerateArray().Select(card => card.GetProperty("metric").GetString())
            .ShouldBe(["revenue", "tickets", "basket", "units-per-ticket", "discount-rate", "objective-attainment"]);
        foreach (var part in new[] { "stores", "categories" })
            dashboard.GetProperty(part).EnumerateArray().ShouldAllBe(line => line.GetProperty("marginRate").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("store=XX", "filter_store_unknown")]
    [InlineData("store=S1", "filter_store_unknown")]
    [InlineData("store=F1", "filter_store_unknown")]
    [InlineData("region=sud", "filter_region_unknown")]
    [InlineData("region=foreign", "filter_region_unknown")]
    [InlineData("category=foreign", "filter_category_unknown")]
    [InlineData("product=FP", "filter_product_unknown")]
    public async Task What_lies_outside_or_belongs_to_others_is_as_unknown_as_what_does_not_exist(string filter, string code)
    {
        var other = await Host.NewTenantAsync();
        await other.AddRegionAsync("foreign");
        await other.OpenStoreAsync("F1", "foreign");
        await Catalogue.Shelf.AddCategoryAsync(other, "foreign");
        await Catalogue.Shelf.AddProductAsync(other, "FP");
        var regional = await Tenant.As(Roles.RegionalManager, Chain.Regions("nord"));
        foreach (var path in new[] { "metrics/query?metrics=revenue&", "sales/tickets?", "dashboard?" })
        {
            if (path == "dashboard?" && filter.StartsWith("product", StringComparison.Ordinal))
                continue;
            using var response = await regional.GetAsync($"/api/v1/{path}{October}&{filter}");
            await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, code);
        }
    }

    [Theory]
    [InlineData("metrics=profit&from=2026-10-01&to=2026-10-31", "metric_unknown")]
    [InlineData("metrics=&from=2026-10-01&to=2026-10-31", "metrics_query_invalid")]
    [InlineData("metrics=revenue&by=shelf&from=2026-10-01&to=2026-10-31", "dimension_unknown")]
    [InlineData("metrics=revenue&by=day,store,category,region&from=2026-10-01&to=2026-10-31", "metrics_query_invalid")]
    [InlineData("metrics=revenue&by=day,day&from=2026-10-01&to=2026-10-31", "metrics_query_invalid")]
    [InlineData("metrics=units&by=hour&from=2026-10-01&to=2026-10-31", "hour_query_invalid")]
    [InlineData("metrics=revenue&by=hour&category=a&from=2026-10-01&to=2026-10-31", "hour_query_invalid")]
    [InlineData("metrics=revenue&from=2026-10-01", "period_missing")]
    [InlineData("metrics=revenue&from=2026-10-31&to=2026-10-01", "period_invalid")]
    [InlineData("metrics=revenue&from=1990-10-31&to=2026-10-01", "period_invalid")]
    [InlineData("metrics=revenue&compare=yesterday&from=2026-10-01&to=2026-10-31", "compare_unknown")]
    public async Task A_question_that_makes_no_sense_is_refused_with_the_reason(string query, string code)
    {
        using var response = await (await Tenant.As(Roles.Director)).GetAsync("/api/v1/metrics/query?" + query);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, code)).Title.ShouldNotContain("{");
    }

    [Fact]
    public async Task The_same_question_gets_the_same_answer_until_an_import_changes_it()
    {
        var director = await Tenant.As(Roles.Director);
        foreach (var path in new[] { $"/api/v1/metrics/query?metrics=revenue&{October}", $"/api/v1/dashboard?{October}" })
        {
            var (tag, body) = await TaggedAsync(director, path);
            (await TaggedAsync(director, path)).ShouldBe((tag, body));
            (await TaggedAsync(await Tenant.As(Roles.Analyst), path)).ShouldBe((tag, body), "another person who sees as much");
            (await TaggedAsync(await Tenant.As(Roles.RegionalManager, Chain.Regions("nord")), path)).Tag.ShouldNotBe(tag);
            (await StatusAsync(director, path, tag)).ShouldBe(HttpStatusCode.NotModified);
            await Tenant.SellAsync(Sales);
            (await StatusAsync(director, path, tag)).ShouldBe(HttpStatusCode.NotModified, "an import that changed nothing");
            await Tenant.SellAsync(File($"N1,{path.Length},1,2026-10-05T11:00:00Z,P1,1,1000,0,0.18,"));
            (await StatusAsync(director, path, tag)).ShouldBe(HttpStatusCode.OK);
            (await TaggedAsync(director, path)).Body.ShouldNotBe(body);
        }
        (await AskAsync($"metrics=revenue&{October}"))[^1].ShouldBe("total: 9070");
    }

    private static async Task<(string Tag, string Body)> TaggedAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return (response.Headers.ETag!.ToString(), await response.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("If-None-Match", tag);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
