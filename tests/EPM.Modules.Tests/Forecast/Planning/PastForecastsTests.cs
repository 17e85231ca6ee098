using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast.Planning;

/// <summary>Days come one after another, and what had been forecast for them is held against what they brought.</summary>
public sealed class PastForecastsTests : FeatureTest
{
    private const string Period = "from=2026-11-01&to=2026-11-10";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.SellDailyAsync();
        await Tenant.ForecastAsync();
    }

    [Fact]
    public async Task What_was_forecast_is_kept_at_four_distances_and_never_anew()
    {
        const string kept = "SELECT array_agg(concat_ws(' ', lag, day, cardinality(store_nos)) ORDER BY lag, product_no) FROM forecast.past WHERE product_no = 1";
        var once = await Tenant.AskAsync<string[]>(kept);
        once.ShouldBe(["1 2026-11-01 3", "7 2026-11-07 3", "14 2026-11-14 3", "28 2026-11-28 3"]);
        var said = await Tenant.AskAsync<string>("SELECT md5(string_agg(p::text, '|' ORDER BY lag, product_no)) FROM forecast.past p");
        await Tenant.ForecastAsync();
        (await Tenant.AskAsync<string>("SELECT md5(string_agg(p::text, '|' ORDER BY lag, product_no)) FROM forecast.past p")).ShouldBe(said);
    }

    [Fact]
    public async Task Cells_that_another_run_forecasts_join_those_kept_before()
    {
        var other = await Host.NewTenantAsync();
        await other.SellDailyAsync();
        await other.ForecastAsync(stores: ["N1"]);
        await other.ForecastAsync(stores: ["S1", "N2"]);
        (await other.AskAsync<string[]>("SELECT array_agg(concat_ws(' ', lag, cardinality(store_nos), cardinality(p90), overridden IS NULL) ORDER BY lag) FROM forecast.past WHERE product_no = 1"))
            .ShouldBe(["1 3 3 t", "7 3 3 t", "14 3 3 t", "28 3 3 t"]);
    }

    [Fact]
    public async Task A_doubled_forecast_is_worth_less_than_nothing_and_a_right_one_more()
    {
        await OverrideAsync(await Tenant.As(Roles.Director), new { level = "product", sku = "P1", store = "N1", from = "2026-11-02", to = "2026-11-30", formula = "*2", reason = "Optimisme" });
        var analyst = await Tenant.As(Roles.Analyst);
        for (var day = 1; day <= 4; day++)
        {
            // Said the day before, as whoever knows of an order would.
            await OverrideAsync(analyst, new
            {
                level = "product",
                sku = "P1",
                store = "N2",
                from = Date(day + 1),
                to = Date(day + 1),
                formula = FormattableString.Invariant($"={Came("N2", day + 1)}"),
                reason = "Commande connue",
            });
            await Tenant.SellAsync($"{ForecastChain.Header}\n{string.Join('\n', ForecastChain.LinesOf(ForecastChain.Last.AddDays(day), day))}\n");
            await Tenant.ForecastAsync("refresh");
        }
        var persons = (await analyst.GetJsonAsync($"/api/v1/forecasts/value-added?{Period}&by=person")).GetProperty("rows");
        persons.EnumerateArray().Select(row => row.GetProperty("label").GetString()).ShouldBe(["analyst", "director"]);
        persons[0].GetProperty("gain").GetDouble().ShouldBeGreaterThan(0);
        persons[1].GetProperty("gain").GetDouble().ShouldBeLessThan(-0.3);
        (persons[1].GetProperty("better").GetInt32(), persons[1].GetProperty("worse").GetInt32()).ShouldBe((0, 1));
        var steps = (await analyst.GetJsonAsync($"/api/v1/forecasts/value-added?{Period}")).GetProperty("rows");
        steps.EnumerateArray().Select(row => row.GetProperty("key").GetString()).ShouldBe(["naive", "statistical", "overridden"]);
        var overrides = (await analyst.GetJsonAsync("/api/v1/forecasts/overrides?sku=P1&store=N1")).GetProperty("items");
        var scored = overrides.EnumerateArray().ShouldHaveSingleItem().GetProperty("scored");
        (scored.GetProperty("days").GetInt32(), scored.GetProperty("better").GetBoolean()).ShouldBe((3, false));
        scored.GetProperty("wapeOverridden").GetDouble().ShouldBeGreaterThan(scored.GetProperty("wapeStatistical").GetDouble());
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N2"));
        (await manager.GetJsonAsync($"/api/v1/forecasts/value-added?{Period}&by=person")).GetProperty("rows").EnumerateArray()
            .ShouldHaveSingleItem().GetProperty("label").GetString().ShouldBe("analyst", "of other stores nothing is told");
    }

    [Fact]
    public async Task Accuracy_is_told_of_what_was_said_as_soon_as_it_came_and_from_sums()
    {
        for (var day = 1; day <= 2; day++)
        {
            await Tenant.SellAsync($"{ForecastChain.Header}\n{string.Join('\n', ForecastChain.LinesOf(ForecastChain.Last.AddDays(day), day))}\n");
            await Tenant.ForecastAsync("refresh");
        }
        var analyst = await Tenant.As(Roles.Analyst);
        (await analyst.GetJsonAsync("/api/v1/forecasts/accuracy")).GetProperty("source").GetString().ShouldBe("backtest", "two days are chance");
        var byLag = await AskAsync(analyst, "lag");
        (byLag.GetProperty("source").GetString(), byLag.GetProperty("rows")[0].GetProperty("key").GetString()).ShouldBe(("lived", "1"));
        byLag.GetProperty("rows")[0].GetProperty("wape").GetDouble().ShouldBe(await Tenant.AskAsync<double>("""
            SELECT (sum(abs(v.p50 - v.actual)) / sum(abs(v.actual)))::float8 FROM forecast.past p CROSS JOIN unnest(p.p50, p.actual) AS v (p50, actual) WHERE p.lag = 1 AND p.actual IS NOT NULL
            """), 1e-3);
        (await AskAsync(analyst, "store")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("key").GetString()).ShouldBe(["N2", "N1", "S1"]);
        (await AskAsync(analyst, "level")).GetProperty("rows").GetArrayLength().ShouldBe(4);
        (await AskAsync(await Tenant.As(Roles.StoreManager, Chain.Only("S1")), "store")).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem().GetProperty("key").GetString().ShouldBe("S1");

        static Task<JsonElement> AskAsync(HttpClient client, string by) => client.GetJsonAsync($"/api/v1/forecasts/accuracy?{Period}&by={by}");
    }

    [Fact]
    public async Task What_comes_late_is_filled_in_and_another_chain_has_nothing()
    {
        await Tenant.SellAsync($"{ForecastChain.Header}\n{ForecastChain.Line("N1", "P1", ForecastChain.Last.AddDays(1), 30)}\n{ForecastChain.Line("N2", "P1", ForecastChain.Last.AddDays(1), 30)}\n");
        await Tenant.ForecastAsync("refresh");
        (await ActualAsync()).ShouldBe("30 30 NaN", "one store has not told yet");
        await Tenant.SellAsync($"{ForecastChain.Header}\n{ForecastChain.Line("S1", "P1", ForecastChain.Last.AddDays(1), 7)}\n");
        await Tenant.ForecastAsync("refresh");
        (await ActualAsync()).ShouldBe("30 30 7");
        var other = await Host.NewTenantAsync();
        (await (await other.As(Roles.Analyst)).GetJsonAsync($"/api/v1/forecasts/value-added?{Period}")).GetProperty("rows").GetArrayLength().ShouldBe(0);
    }

    private static string Date(int day) => $"{ForecastChain.Last.AddDays(day):yyyy-MM-dd}";

    private static int Came(string store, int day) =>
        int.Parse(ForecastChain.LinesOf(ForecastChain.Last.AddDays(day), day).First(line => line.StartsWith(store, StringComparison.Ordinal)).Split(',')[5], CultureInfo.InvariantCulture);

    private static async Task OverrideAsync(HttpClient client, object item)
    {
        using var response = await client.PutAsJsonAsync("/api/v1/forecasts/overrides", new { items = new[] { item } });
        await response.ShouldBeJsonAsync();
    }

    private Task<string> ActualAsync() => Tenant.AskAsync<string>("""
        SELECT string_agg(a.actual::text, ' ' ORDER BY s.code) FROM forecast.past p CROSS JOIN unnest(p.store_nos, p.actual) AS a (store_no, actual)
        JOIN stores.store s ON s.tenant_id = p.tenant_id AND s.store_no = a.store_no WHERE p.lag = 1 AND p.product_no = 1 AND p.day = '2026-11-01'
        """);
}
