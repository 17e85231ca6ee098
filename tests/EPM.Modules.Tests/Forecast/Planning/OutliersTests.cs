using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast.Planning;

public sealed class OutliersTests : FeatureTest
{
    private const string Route = "/api/v1/forecasts/outliers";

    private static readonly DateOnly Rush = ForecastChain.Last.AddDays(-5);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.SellDailyAsync();
        await Tenant.SellAsync($"{ForecastChain.Header}\nN2,RUSH,1,{Rush:yyyy-MM-dd},P1,400,1500,0,0.18,\n");
        await Tenant.ForecastAsync();
    }

    [Fact]
    public async Task A_rush_is_asked_about_in_words_once()
    {
        var found = await OpenAsync(await Tenant.As(Roles.Analyst));
        var rush = found.EnumerateArray().ShouldHaveSingleItem();
        (rush.GetProperty("sku").GetString(), rush.GetProperty("store").GetProperty("code").GetString(), rush.GetProperty("date").GetString(), rush.GetProperty("reason").GetString())
            .ShouldBe(("P1", "N2", $"{Rush:yyyy-MM-dd}", "spike"));
        rush.GetProperty("units").GetDouble().ShouldBeGreaterThan(400);
        rush.GetProperty("expected").GetProperty("p50").GetDouble().ShouldBeLessThan(60);
        rush.GetProperty("sentence").GetString()!.ShouldContain("26 octobre 2026");
        await Tenant.ForecastAsync();
        (await OpenAsync(await Tenant.As(Roles.Analyst)))[0].GetProperty("id").GetGuid().ShouldBe(rush.GetProperty("id").GetGuid(), "found again, asked once");
    }

    [Fact]
    public async Task What_is_corrected_is_learnt_from_as_expected_and_can_be_decided_otherwise()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        var rush = (await OpenAsync(analyst))[0];
        (await DecideAsync(analyst, "correct", rush)).ShouldBe(1);
        (await DecideAsync(analyst, "correct", rush)).ShouldBe(0, "twice is once");
        var correction = (await analyst.GetJsonAsync("/api/v1/forecasts/corrections")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        correction.GetProperty("corrected").GetDouble().ShouldBe(rush.GetProperty("expected").GetProperty("p50").GetDouble(), 0.0001);
        correction.GetProperty("reason").GetString().ShouldBe("outlier");
        (await Tenant.ForecastAsync("refresh")).ToldOfRun().ShouldBe("completed: 1 series, 1 done, 1 refitted, 0 failed");
        (await OpenAsync(analyst)).GetArrayLength().ShouldBe(0);
        (await DecideAsync(analyst, "keep", rush)).ShouldBe(1);
        (await analyst.GetJsonAsync("/api/v1/forecasts/corrections")).GetProperty("total").GetInt32().ShouldBe(0);
        await Tenant.ForecastAsync();
        (await OpenAsync(analyst)).GetArrayLength().ShouldBe(0, "what was decided is not asked again");
        (await analyst.GetJsonAsync(Route + "?state=kept")).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task An_event_is_remembered_and_nothing_is_learnt_from_its_day()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        (await DecideAsync(analyst, "event", (await OpenAsync(analyst))[0])).ShouldBe(1);
        var correction = (await analyst.GetJsonAsync("/api/v1/forecasts/corrections")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (correction.GetProperty("corrected").ValueKind, correction.GetProperty("reason").GetString()).ShouldBe((JsonValueKind.Null, "event"));
        await Tenant.ForecastAsync();
        (await analyst.GetJsonAsync(Route + "?state=event")).GetProperty("total").GetInt32().ShouldBe(1);
        (await OpenAsync(analyst)).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Each_sees_and_decides_what_is_theirs()
    {
        var rush = (await OpenAsync(await Tenant.As(Roles.Analyst)))[0];
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N1"));
        (await OpenAsync(manager)).GetArrayLength().ShouldBe(0);
        (await OpenAsync(await Tenant.As(Roles.StoreManager, Chain.Only("N2")))).GetArrayLength().ShouldBe(1);
        (await OpenAsync(await Tenant.As(Roles.RegionalManager, DataScope.Everything with { Categories = ["b"] }))).GetArrayLength().ShouldBe(0);
        using var store = await manager.GetAsync(Route + "?store=N2");
        await store.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
        var other = await (await Host.NewTenantAsync()).As(Roles.Analyst);
        foreach (var client in new[] { manager, other })
            (await DecideAsync(client, "keep", rush)).ShouldBe(0, "of what is not theirs nothing is decided");
        (await OpenAsync(await Tenant.As(Roles.Analyst))).GetArrayLength().ShouldBe(1);
        using var wrong = await (await Tenant.As(Roles.Analyst)).PostAsJsonAsync(Route + "/decide", new { ids = new[] { rush.GetProperty("id").GetGuid() }, decision = "oublier" });
        (await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("decision").ShouldBe("outlier_decision");
        using var state = await (await Tenant.As(Roles.Analyst)).GetAsync(Route + "?state=neuf");
        await state.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    private static async Task<JsonElement> OpenAsync(HttpClient client) => (await client.GetJsonAsync(Route + "?state=open")).GetProperty("items");

    private static async Task<int> DecideAsync(HttpClient client, string decision, JsonElement outlier)
    {
        using var response = await client.PostAsJsonAsync(Route + "/decide", new { ids = new[] { outlier.GetProperty("id").GetGuid() }, decision });
        return (await response.ShouldBeJsonAsync()).GetProperty("decided").GetInt32();
    }
}
