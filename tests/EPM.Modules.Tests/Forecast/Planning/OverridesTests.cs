using System.Net;
using System.Net.Http.Json;
using EPM.Modules.Tests.Sales.Catalogue;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast.Planning;

public sealed class OverridesTests : PlanningTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ForecastAllAsync();
    }

    [Fact]
    public async Task A_total_for_a_region_goes_where_its_stores_are_expected_to_sell()
    {
        var made = await OverrideAsync(Item("region", "+660", region: "nord", from: 0, to: 1));
        // Two days of 66: the six products sell 6 in N1 and 60 in N2.
        (made.GetProperty("before").GetDouble(), made.GetProperty("after").GetDouble()).ShouldBe((132, 792));
        (await OverriddenAsync("N1", "P1", 1)).ShouldNotBeNull()[..3].ShouldBe([6, 6, null]);
        (await OverriddenAsync("N2", "P3", 30)).ShouldNotBeNull()[..2].ShouldBe([180, 180]);
        (await OverriddenAsync("S1", "P1", 1)).ShouldBeNull("the other region is as it was");
    }

    [Theory]
    [InlineData("*1,5", 99)]
    [InlineData("+5%", 69.3)]
    [InlineData("-10 %", 59.4)]
    [InlineData("-10", 56)]
    [InlineData("=100,0001", 100.0001)]
    [InlineData("*2+0.5", 132.5)]
    [InlineData("-1000", 0)]
    public async Task A_preview_says_what_the_override_will_do_and_does_nothing(string formula, double after)
    {
        using var response = await (await Tenant.As(Roles.Analyst)).PostAsJsonAsync("/api/v1/forecasts/overrides/preview", Item("region", formula, region: "nord"));
        var preview = await response.ShouldBeJsonAsync();
        preview.GetProperty("before").GetDouble().ShouldBe(66);
        preview.GetProperty("after").GetDouble().ShouldBe(after);
        preview.GetProperty("cells").GetInt32().ShouldBe(6);
        preview.GetProperty("days").GetArrayLength().ShouldBe(1);
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/forecasts/overrides")).GetProperty("total").GetInt32().ShouldBe(0);
        (await OverrideAsync(Item("region", formula, region: "nord"))).GetProperty("after").GetDouble().ShouldBe(after);
    }

    [Fact]
    public async Task An_override_shows_at_once_in_the_forecast_of_every_level_and_goes_without_a_trace()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        const string route = "/api/v1/forecasts/P1?horizon=7&history=7";
        var (before, list) = (await (await analyst.GetAsync(route)).Content.ReadAsStringAsync(), await (await analyst.GetAsync("/api/v1/forecasts")).Content.ReadAsStringAsync());
        var made = await OverrideAsync(Item("product", "*2", sku: "P1", store: "N2", from: 1, to: 2));
        var day = (await analyst.GetJsonAsync(route)).GetProperty("days")[1];
        (day.GetProperty("statistical").GetDouble(), day.GetProperty("mean").GetDouble(), day.GetProperty("override").GetDouble()).ShouldBe((12, 22, 22));
        var whole = (await analyst.GetJsonAsync(route + "&level=group")).GetProperty("days")[1];
        (whole.GetProperty("statistical").GetDouble(), whole.GetProperty("mean").GetDouble()).ShouldBe((72, 82));
        var one = (await analyst.GetJsonAsync(route + "&store=N2")).GetProperty("days");
        one[1].GetProperty("p90").GetDouble().ShouldBe(2 * one[0].GetProperty("p90").GetDouble(), 1e-4);
        one[0].GetProperty("override").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var line = (await analyst.GetJsonAsync("/api/v1/forecasts?search=P1")).GetProperty("items")[0];
        (line.GetProperty("overridden").GetBoolean(), line.GetProperty("next").GetProperty("mean").GetDouble()).ShouldBe((true, 380));
        (await analyst.DeleteAsync($"/api/v1/forecasts/overrides/{made.GetProperty("id").GetGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await analyst.GetAsync(route)).Content.ReadAsStringAsync()).ShouldBe(before);
        (await (await analyst.GetAsync("/api/v1/forecasts")).Content.ReadAsStringAsync()).ShouldBe(list);
    }

    [Fact]
    public async Task Whoever_knows_one_store_has_the_last_word_on_it_and_the_later_of_two_alike()
    {
        await OverrideAsync(Item("product", "=4", sku: "P1", store: "N1"));
        await OverrideAsync(Item("group", "*2"));
        await OverrideAsync(Item("category", "*3", category: "a"));
        (await OverriddenAsync("N1", "P1", 1))![0].ShouldBe(4);
        (await OverriddenAsync("N2", "P1", 10))![0].ShouldBe(60, "the category holds its subcategories");
        (await OverriddenAsync("S1", "P2", 2))![0].ShouldBe(4);
        await OverrideAsync(Item("product", "+1", sku: "P1", store: "N1"));
        (await OverriddenAsync("N1", "P1", 1))![0].ShouldBe(5);
    }

    [Fact]
    public async Task Taking_an_override_back_leaves_the_forecast_as_if_it_had_never_been()
    {
        var before = await OverrideAsync(Item("product", "*1.1", sku: "P2", from: 0, to: 5));
        var untouched = await OverriddenAsync("N1", "P2", 2);
        var made = await OverrideAsync(Item("store", "=77,7", store: "N1", from: 2, to: 9));
        (await OverriddenAsync("N1", "P2", 2)).ShouldNotBe(untouched);
        var analyst = await Tenant.As(Roles.Analyst);
        for (var twice = 0; twice < 2; twice++)
            (await analyst.DeleteAsync($"/api/v1/forecasts/overrides/{made.GetProperty("id").GetGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await OverriddenAsync("N1", "P2", 2)).ShouldBe(untouched);
        var all = await analyst.GetJsonAsync("/api/v1/forecasts/overrides");
        all.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString()).ShouldBe(["withdrawn", "active"]);
        all.GetProperty("items")[0].GetProperty("history").EnumerateArray().Select(change => change.GetProperty("what").GetString()).ShouldBe(["made", "withdrawn"]);
        (await analyst.GetJsonAsync("/api/v1/forecasts/overrides?active=true")).GetProperty("items").EnumerateArray()
            .ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(before.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task An_override_that_is_changed_tells_who_said_what_before()
    {
        var id = (await OverrideAsync(Item("product", "*2", sku: "P1", from: 0, to: 2))).GetProperty("id").GetGuid();
        var changed = await OverrideAsync(Item("product", "*3", sku: "P1", from: 1, to: 2, id: id), await Tenant.As(Roles.Director));
        changed.GetProperty("id").GetGuid().ShouldBe(id);
        var history = changed.GetProperty("history");
        history.EnumerateArray().Select(change => $"{change.GetProperty("by")} {change.GetProperty("what")} {change.GetProperty("formula")} {change.GetProperty("before")} {change.GetProperty("after")}")
            .ShouldBe(["analyst made *2 36 72", "director changed *3 24 72"]);
        (await OverriddenAsync("N1", "P1", 1))![..4].ShouldBe([null, 3, 3, null]);
    }

    [Fact]
    public async Task An_override_counts_until_it_expires()
    {
        var old = await OverrideAsync(Item("product", "*2", sku: "P1", expires: $"{Today.AddDays(-1):yyyy-MM-dd}"));
        old.GetProperty("state").GetString().ShouldBe("expired");
        (await OverriddenAsync("N1", "P1", 1)).ShouldBeNull();
        (await OverrideAsync(Item("product", "*2", sku: "P1", expires: Day(0)))).GetProperty("state").GetString().ShouldBe("active");
        (await OverriddenAsync("N1", "P1", 1))![0].ShouldBe(2);
    }

    [Fact]
    public async Task A_store_manager_changes_their_own_store_and_no_other()
    {
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N1"));
        (await OverrideAsync(Item("store", "*2", store: "N1"), manager)).GetProperty("after").GetDouble().ShouldBe(12);
        (await OverrideAsync(Item("category", "*2", category: "a", store: "N1"), manager)).GetProperty("state").GetString().ShouldBe("active");
        foreach (var beyond in new[] { Item("store", "*2", store: "S1"), Item("product", "*2", sku: "P1"), Item("region", "*2", region: "nord"), Item("group", "*2"), Item("product", "*2", sku: "P1", region: "nord") })
        {
            using var refused = await PutAsync(manager, beyond);
            await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
            using var unseen = await manager.PostAsJsonAsync("/api/v1/forecasts/overrides/preview", beyond);
            await unseen.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
        }
        using var unknown = await PutAsync(manager, Item("store", "*2", store: "X9"));
        await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "forecast_store_unknown");
    }

    [Fact]
    public async Task Of_an_override_on_the_whole_chain_a_store_manager_sees_that_it_is_there_and_not_what_others_sell()
    {
        var id = (await OverrideAsync(Item("group", "*2"))).GetProperty("id").GetGuid();
        await OverrideAsync(Item("store", "*2", store: "S1"));
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N1"));
        var seen = (await manager.GetJsonAsync("/api/v1/forecasts/overrides")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (seen.GetProperty("id").GetGuid(), seen.GetProperty("before").ValueKind).ShouldBe((id, System.Text.Json.JsonValueKind.Null));
        using var refused = await manager.DeleteAsync($"/api/v1/forecasts/overrides/{id}");
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
        using var other = await manager.GetAsync("/api/v1/forecasts/overrides?store=S1");
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
    }

    [Fact]
    public async Task Of_a_part_of_the_assortment_nothing_else_is_overridden()
    {
        var scope = DataScope.Everything with { Categories = ["b"] };
        var buyer = await Tenant.As(Roles.RegionalManager, scope);
        (await OverrideAsync(Item("product", "*2", sku: "P2"), buyer)).GetProperty("before").GetDouble().ShouldBe(24);
        using var other = await PutAsync(buyer, Item("product", "*2", sku: "P1"));
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
        using var store = await PutAsync(buyer, Item("store", "*2", store: "N1"));
        await store.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "outside_scope");
    }

    [Theory]
    [InlineData("300", "formula_form")]
    [InlineData("*deux", "formula_number")]
    [InlineData("-120%", "formula_range")]
    [InlineData("", "NotEmptyValidator")]
    public async Task What_is_no_formula_is_told_with_its_place_and_how_to_write_it(string formula, string code)
    {
        using var response = await PutAsync(await Tenant.As(Roles.Analyst), Item("group", "*1"), Item("group", formula));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem.CodeOf("items[1].formula").ShouldBe(code);
        problem.Errors!["items[1].formula"][0].Message.ShouldNotBe(code);
        (await (await Tenant.As(Roles.Analyst)).GetJsonAsync("/api/v1/forecasts/overrides")).GetProperty("total").GetInt32().ShouldBe(0, "all or none");
    }

    [Fact]
    public async Task An_override_names_what_its_level_takes_has_a_reason_and_ends_after_it_begins()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        using var target = await PutAsync(analyst, Item("store", "*2", store: "N1", category: "a"), Item("product", "*2"), Item("planète", "*2"), Item("group", "*2", from: 3, to: 2));
        var problem = await target.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (problem.CodeOf("items[0].level"), problem.CodeOf("items[1].level"), problem.CodeOf("items[2].level"), problem.CodeOf("items[3].to"))
            .ShouldBe(("override_target", "override_target", "override_level", "override_ends_before_start"));
        using var nowhere = await PutAsync(analyst, Item("product", "*2", sku: "P1", store: "S1", region: "nord"));
        await nowhere.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "override_nowhere");
        using var silent = await PutAsync(analyst, new { level = "group", from = Day(0), to = Day(0), formula = "*2", reason = " " });
        (await silent.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("items[0].reason").ShouldBe("NotEmptyValidator");
    }

    [Fact]
    public async Task A_total_is_for_days_that_are_forecast_and_a_factor_for_any()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        using var past = await PutAsync(analyst, Item("group", "+10", from: -2, to: 3));
        (await past.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("items[0].from").ShouldBe("override_from_past");
        using var beyond = await PutAsync(analyst, Item("group", "=10", from: 0, to: Horizon));
        (await beyond.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("items[0].to").ShouldBe("override_beyond_forecast");
        (await OverrideAsync(Item("group", "*2", from: -2, to: 90))).GetProperty("state").GetString().ShouldBe("active");
        await Tenant.AddProductAsync("P9", "b");
        using var nothing = await PutAsync(analyst, Item("product", "+10", sku: "P9"));
        await nothing.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "override_no_forecast");
    }

    [Fact]
    public async Task Another_chain_neither_sees_nor_touches_an_override()
    {
        var id = (await OverrideAsync(Item("group", "*2"))).GetProperty("id").GetGuid();
        var other = await (await Host.NewTenantAsync()).As(Roles.Analyst);
        (await other.GetJsonAsync("/api/v1/forecasts/overrides")).GetProperty("total").GetInt32().ShouldBe(0);
        using var refused = await other.DeleteAsync($"/api/v1/forecasts/overrides/{id}");
        await refused.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var replaced = await PutAsync(other, Item("group", "*3", id: id));
        await replaced.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Administrators_look_and_integrators_do_not()
    {
        await (await Tenant.As(Roles.Admin)).GetJsonAsync("/api/v1/forecasts/overrides");
        using var changed = await PutAsync(await Tenant.As(Roles.Admin), Item("group", "*2"));
        await changed.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        using var looked = await (await Tenant.As(Roles.Integrator)).GetAsync("/api/v1/forecasts/overrides");
        await looked.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
