using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Catalogue;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast;

/// <summary>Products that begin and end, and how good forecasts were.</summary>
public sealed class LivesTests : FeatureTest
{
    private const string Path = "/api/v1/forecasts";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.SellDailyAsync();
        await Tenant.ForecastAsync();
    }

    [Fact]
    public async Task A_new_product_begins_like_another()
    {
        await Tenant.AddProductAsync("P4", "a1");
        var client = await Tenant.As(Roles.Director);
        (await NewAsync(client)).ShouldBe(["P4 0 -"]);
        (await client.GetJsonAsync($"{Path}/P4?store=N1")).GetProperty("state").GetString().ShouldBe("none");
        await SaidAsync(client, "P4/start", new { like = "P1", multiplier = 0.5 });
        (await NewAsync(client)).ShouldBe(["P4 0 P1"]);
        var like = await client.GetJsonAsync($"{Path}/P1?store=N1");
        var started = await client.GetJsonAsync($"{Path}/P4?store=N1");
        (started.GetProperty("state").GetString(), started.GetProperty("startedLike").GetProperty("sku").GetString()).ShouldBe(("new", "P1"));
        Total(started).ShouldBe(Total(like) / 2, Total(like) * 0.02);
        // Both have their level in one category: what follows it has a share of all that is in it.
        await SaidAsync(client, "P4/start", new { like = (string?)null, multiplier = 1 });
        Total(await client.GetJsonAsync($"{Path}/P4?store=N1")).ShouldBeInRange(Total(like) * 0.9, Total(like) * 1.1);
        using var itself = await client.PutAsJsonAsync($"{Path}/P4/start", new { like = "P4", multiplier = 1 });
        await itself.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "forecast_like_itself");
    }

    [Fact]
    public async Task A_product_that_ends_runs_out_and_sells_nothing_behind_its_end()
    {
        var client = await Tenant.As(Roles.Director);
        var before = await client.GetJsonAsync($"{Path}/P1?store=N1");
        await SaidAsync(client, "P1/end", new { on = "2026-11-11" });
        var ending = (await client.GetJsonAsync($"{Path}/P1?store=N1")).GetProperty("days").EnumerateArray().Select(day => day.GetProperty("mean").GetDouble()).ToArray();
        ending[..10].ShouldAllBe(mean => mean > 0);
        ending[10..].ShouldAllBe(mean => mean == 0);
        await SaidAsync(client, "P1/end", new { on = (string?)null });
        Total(await client.GetJsonAsync($"{Path}/P1?store=N1")).ShouldBe(Total(before));
        await SaidAsync(client, "P3/end", new { on = "2026-10-01" });
        await Tenant.ForecastAsync();
        (await client.GetJsonAsync($"{Path}/P3?store=S1")).GetProperty("state").GetString().ShouldBe("ended");
        var manager = await Tenant.As(Roles.StoreManager, new DataScope(ScopeKind.Stores, [], ["S1"], SeesCost: false));
        using var refused = await manager.PutAsJsonAsync($"{Path}/P1/end", new { on = "2026-11-11" });
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
    }

    [Fact]
    public async Task Errors_of_backtests_are_told_by_what_and_by_when_beside_the_naive_line()
    {
        var client = await Tenant.As(Roles.Director);
        foreach (var (by, keys) in new[] { ("store", "N2,N1,S1"), ("category", "a1,a,b"), ("level", "group,product,region,store") })
        {
            var answer = await client.GetJsonAsync($"{Path}/accuracy?by={by}");
            (answer.GetProperty("source").GetString(), answer.GetProperty("generated").GetInt32()).ShouldBe(("backtest", 5));
            string.Join(',', answer.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("key").GetString())).ShouldBe(keys);
            answer.GetProperty("fitted").GetProperty("p50Ms").GetDouble().ShouldBeGreaterThan(0);
        }
        var lags = (await client.GetJsonAsync($"{Path}/accuracy?by=lag&category=a1")).GetProperty("rows").EnumerateArray().ToArray();
        lags[0].GetProperty("key").GetString().ShouldBe("1");
        lags.ShouldAllBe(row => row.GetProperty("cells").GetInt32() == 3);
        lags.Average(row => row.GetProperty("wape").GetDouble()).ShouldBeLessThan(lags.Average(row => row.GetProperty("naiveWape").GetDouble()));
        using var unknown = await client.GetAsync($"{Path}/accuracy?by=moon");
        await unknown.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "forecast_by_unknown");
    }

    private static async Task<string[]> NewAsync(HttpClient client) => [.. (await client.GetJsonAsync($"{Path}/new-products")).GetProperty("items").EnumerateArray()
        .Select(item => $"{item.GetProperty("sku")} {item.GetProperty("soldDays")} {(item.GetProperty("startedLike") is { ValueKind: JsonValueKind.Object } like ? like.GetProperty("sku").GetString() : "-")}")];

    private static async Task SaidAsync(HttpClient client, string path, object body)
    {
        using var said = await client.PutAsJsonAsync($"{Path}/{path}", body);
        said.StatusCode.ShouldBe(HttpStatusCode.NoContent, await said.Content.ReadAsStringAsync());
    }

    private static double Total(JsonElement forecast) => forecast.GetProperty("totals").GetProperty("mean").GetDouble();
}
