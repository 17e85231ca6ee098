using System.Net;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast;

public sealed class AnswersTests : FeatureTest
{
    private const string Path = "/api/v1/forecasts";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.SellDailyAsync();
        await Tenant.ForecastAsync();
    }

    [Fact]
    public async Task A_product_in_a_store_is_answered_day_by_day_with_its_grounds()
    {
        var forecast = await (await Tenant.As(Roles.Director)).GetJsonAsync($"{Path}/P1?store=N1&history=28");
        (forecast.GetProperty("asOf").GetString(), forecast.GetProperty("from").GetString(), forecast.GetProperty("state").GetString()).ShouldBe(("2026-10-31", "2026-11-01", "tested"));
        var days = forecast.GetProperty("days").EnumerateArray().ToArray();
        days.Length.ShouldBe(30);
        days.ShouldAllBe(day => N(day, "p10") <= N(day, "p50") && N(day, "p50") <= N(day, "p90") && N(day, "mean") >= 0 && N(day, "mean") == N(day, "statistical"));
        // A Saturday sells twelve more than a Sunday, here as in the past.
        (N(days[6], "mean") - N(days[7], "mean")).ShouldBeInRange(8, 16);
        N(forecast.GetProperty("totals"), "mean").ShouldBe(days.Sum(day => N(day, "mean")), 0.01);
        var parts = forecast.GetProperty("explanation").GetProperty("parts").EnumerateArray().ToArray();
        for (var day = 0; day < days.Length; day++)
            parts.Sum(part => part.GetProperty("days")[day].GetDouble()).ShouldBe(N(days[day], "mean"), 0.001);
        var sentence = forecast.GetProperty("explanation").GetProperty("sentence").GetString()!;
        sentence.ShouldContain(" unités attendues du 1 novembre au 30 novembre : ");
        sentence.ShouldEndWith(".");
        forecast.GetProperty("history").EnumerateArray().Sum(day => N(day, "units")).ShouldBe(
            await Tenant.AskAsync<double>("SELECT (sum(units) / 10000)::float8 FROM sales.day_product r JOIN stores.store s USING (tenant_id, store_no) JOIN sales.product p USING (tenant_id, product_no) WHERE s.code = 'N1' AND p.sku = 'P1' AND day > '2026-10-03'"));
        var backtest = forecast.GetProperty("backtest");
        N(backtest, "wape").ShouldBeLessThan(N(backtest, "naiveWape"));
        backtest.GetProperty("origins")[0].GetProperty("days")[0].GetProperty("lag").GetInt32().ShouldBe(1);
        backtest.GetProperty("leaderboard").EnumerateArray().Count(row => row.GetProperty("naive").GetBoolean()).ShouldBe(1);
        N(forecast.GetProperty("model").GetProperty("parts")[0], "weight").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Sums_over_stores_add_up_in_the_mean_and_are_surer_than_their_parts()
    {
        var client = await Tenant.As(Roles.Director);
        var all = await client.GetJsonAsync($"{Path}/P1");
        var parts = new List<JsonElement>();
        foreach (var store in new[] { "N1", "N2", "S1" })
            parts.Add(await client.GetJsonAsync($"{Path}/P1?store={store}"));
        N(all.GetProperty("totals"), "mean").ShouldBe(parts.Sum(part => N(part.GetProperty("totals"), "mean")), 0.01);
        Width(all).ShouldBeLessThanOrEqualTo(parts.Sum(Width) + 0.01);
        all.GetProperty("backtest").GetProperty("cells").GetInt32().ShouldBe(3);
        var north = await client.GetJsonAsync($"{Path}/P1?region=nord");
        N(north.GetProperty("totals"), "mean").ShouldBe(parts.Take(2).Sum(part => N(part.GetProperty("totals"), "mean")), 0.01);
        var region = await client.GetJsonAsync($"{Path}/P1?store=N1&level=region");
        N(region.GetProperty("totals"), "mean").ShouldBeGreaterThan(N(north.GetProperty("totals"), "mean"), "P2 is sold there too");
        (await client.GetJsonAsync($"{Path}/P1?level=group")).GetProperty("level").GetString().ShouldBe("group");
    }

    [Fact]
    public async Task The_list_tells_every_product_seen()
    {
        var list = await (await Tenant.As(Roles.Director)).GetJsonAsync(Path);
        list.GetProperty("total").GetInt32().ShouldBe(3);
        var first = list.GetProperty("items")[0];
        (first.GetProperty("sku").GetString(), first.GetProperty("stores").GetInt32(), first.GetProperty("state").GetString()).ShouldBe(("P1", 3, "tested"));
        N(first.GetProperty("next"), "p10").ShouldBeLessThan(N(first.GetProperty("next"), "p90"));
        first.GetProperty("value").GetDecimal().ShouldBe(decimal.Round((decimal)N(first.GetProperty("next"), "mean") * 1500, 0), 1);
        (await (await Tenant.As(Roles.Director)).GetJsonAsync($"{Path}?search=p3&store=S1")).GetProperty("items")[0].GetProperty("sku").GetString().ShouldBe("P3");
        var south = await (await Tenant.As(Roles.StoreManager, new DataScope(ScopeKind.Stores, [], ["S1"], SeesCost: false))).GetJsonAsync(Path);
        south.GetProperty("items")[0].GetProperty("stores").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_lies_outside_the_scope_is_refused_and_what_is_not_there_is_unknown()
    {
        var manager = await Tenant.As(Roles.StoreManager, new DataScope(ScopeKind.Stores, [], ["S1"], SeesCost: false));
        var mine = await manager.GetJsonAsync($"{Path}/P1");
        N(mine.GetProperty("totals"), "mean").ShouldBe(N((await (await Tenant.As(Roles.Director)).GetJsonAsync($"{Path}/P1?store=S1")).GetProperty("totals"), "mean"), 0.001);
        await ProblemAsync(manager, "P1?store=N1", HttpStatusCode.Forbidden, "outside_scope");
        await ProblemAsync(manager, "P1?region=nord", HttpStatusCode.Forbidden, "outside_scope");
        await ProblemAsync(manager, "P1?store=N9", HttpStatusCode.NotFound, "forecast_store_unknown");
        await ProblemAsync(manager, "P9", HttpStatusCode.NotFound, "forecast_product_unknown");
        var part = await Tenant.As(Roles.Analyst, new DataScope(ScopeKind.All, [], [], SeesCost: false) { Categories = ["b"] });
        await ProblemAsync(part, "P1", HttpStatusCode.Forbidden, "outside_scope");
        (await part.GetJsonAsync(Path)).GetProperty("total").GetInt32().ShouldBe(1);
        var other = await Host.NewTenantAsync();
        await ProblemAsync(await other.As(Roles.Director), "P1", HttpStatusCode.NotFound, "forecast_product_unknown");
    }

    [Fact]
    public async Task A_product_that_no_run_came_by_is_fitted_for_the_one_who_asks()
    {
        await Tenant.InTransactionAsync(async (session, _) =>
        {
            await using var forget = session.Command("DELETE FROM forecast.cell c USING sales.product p WHERE p.product_no = c.product_no AND p.sku = 'P1'");
            session.FiguresChange();
            return await forget.ExecuteNonQueryAsync();
        });
        var forecast = await (await Tenant.As(Roles.Director)).GetJsonAsync($"{Path}/P1?store=N2");
        (forecast.GetProperty("state").GetString(), forecast.GetProperty("days").GetArrayLength()).ShouldBe(("tested", 30));
        var none = await (await Tenant.As(Roles.Director)).GetJsonAsync($"{Path}/P3?store=N1");
        (none.GetProperty("state").GetString(), none.GetProperty("days").GetArrayLength()).ShouldBe(("none", 0));
    }

    private static double Width(JsonElement forecast) => N(forecast.GetProperty("totals"), "p90") - N(forecast.GetProperty("totals"), "p10");

    private static double N(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static async Task ProblemAsync(HttpClient client, string path, HttpStatusCode status, string code)
    {
        using var response = await client.GetAsync($"{Path}/{path}");
        await response.ShouldBeProblemAsync(status, code);
    }
}
