using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Stores;

public sealed class EventsTests : FeatureTest
{
    private const string Events = "/api/v1/events";
    private const string Tabaski = Events + "/tabaski.SN.20260527";
    private const string May = Events + "?from=2026-05-01&to=2026-06-15";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Tenant.OpenTwoRegionsAsync();
    }

    [Fact]
    public async Task Feasts_of_every_year_are_proposed_by_themselves_in_the_callers_language()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        foreach (var year in new[] { 2019, 2024, 2026, 2028 })
            (await analyst.GetJsonAsync($"{Events}?from={year}-01-01&to={year}-12-31")).Codes().ShouldContain("korite");
        var tabaski = await FindAsync(analyst, "tabaski");
        tabaski.ToString().ShouldBe("""
            {"id":"tabaski.SN.20260527","code":"tabaski","name":"Tabaski (Aïd el-Kébir)","kind":"moving","country":"SN","from":"2026-05-28","to":"2026-05-28","lead":10,"lag":3,"state":"proposed","source":"moon","proposed":"2026-05-28","stores":null}
            """.Trim());
        (await analyst.GetJsonAsync(May + "&country=FR")).Codes().ShouldNotContain("tabaski");
        (await analyst.GetJsonAsync(May + "&country=SN")).Codes().ShouldContain("tabaski");
    }

    [Fact]
    public async Task A_feast_is_moved_by_a_day_and_put_back()
    {
        var director = await Tenant.As(Roles.Director);
        var moved = await PostAsync(director, Tabaski + "/move", new { days = -1 });
        (moved.GetProperty("from").GetString(), moved.GetProperty("state").GetString()).ShouldBe(("2026-05-27", "moved"));
        (await FindAsync(director, "tabaski")).ToString().ShouldBe(moved.ToString());
        // A day later than proposed, wherever it was before.
        (await PostAsync(director, Tabaski + "/move", new { days = 1 })).GetProperty("from").GetString().ShouldBe("2026-05-29");
        await PostAsync(director, Tabaski + "/move", new { days = 0 });
        var back = await FindAsync(director, "tabaski");
        (back.GetProperty("from").GetString(), back.GetProperty("state").GetString()).ShouldBe(("2026-05-28", "proposed"));
    }

    [Fact]
    public async Task A_feast_is_confirmed_dismissed_and_proposed_again()
    {
        var admin = await Tenant.As(Roles.Admin);
        (await PostAsync(admin, Tabaski + "/confirm", new { })).GetProperty("state").GetString().ShouldBe("confirmed");
        (await FindAsync(admin, "tabaski")).GetProperty("state").GetString().ShouldBe("confirmed");
        using (var dismissed = await admin.DeleteAsync(Tabaski))
            dismissed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetJsonAsync(May)).Codes().ShouldNotContain("tabaski");
        (await PostAsync(admin, Events + "/propose", new { year = 2026 })).Codes().ShouldContain("tabaski");
        (await FindAsync(admin, "tabaski")).GetProperty("state").GetString().ShouldBe("proposed");
    }

    [Fact]
    public async Task The_days_of_a_feast_and_those_around_it_are_the_chains_to_change()
    {
        var admin = await Tenant.As(Roles.Admin);
        using var changed = await admin.PutAsJsonAsync(Events + "/back-to-school.SN.20260915", new { name = "Rentrée", from = "2026-10-01", to = "2026-10-12", lead = 20, lag = 5 });
        var item = await changed.ShouldBeJsonAsync();
        (item.GetProperty("from").GetString(), item.GetProperty("lead").GetInt32(), item.GetProperty("state").GetString()).ShouldBe(("2026-10-01", 20, "moved"));
        using var far = await admin.PutAsJsonAsync(Tabaski, new { name = "x", from = "2026-09-28", to = "2026-09-28", lead = 1, lag = 1 });
        (await far.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("from").ShouldBe("event_too_far");
    }

    [Fact]
    public async Task The_chains_own_events_are_added_changed_moved_and_removed()
    {
        var analyst = await Tenant.As(Roles.Analyst);
        using var response = await analyst.PostAsJsonAsync(Events, Fair(stores: ["N1", "N2"]));
        var fair = await response.ShouldBeJsonAsync(HttpStatusCode.Created);
        fair.GetProperty("code").GetString().ShouldBe("foire-de-dakar");
        fair.GetProperty("stores").ToString().ShouldBe("""["N1","N2"]""");
        (fair.GetProperty("kind").GetString(), fair.GetProperty("state").GetString(), fair.GetProperty("source").GetString()).ShouldBe(("own", "confirmed", "own"));
        var path = $"{Events}/{fair.GetProperty("id").GetString()}";
        (await PostAsync(analyst, path + "/move", new { days = 1 })).GetProperty("to").GetString().ShouldBe("2026-05-13");
        using var changed = await analyst.PutAsJsonAsync(path, Fair(name: "Derby"));
        (await changed.ShouldBeJsonAsync()).GetProperty("stores").ValueKind.ShouldBe(JsonValueKind.Null);
        (await FindAsync(analyst, "derby")).GetProperty("name").GetString().ShouldBe("Derby");
        using var removed = await analyst.DeleteAsync(path);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await analyst.GetJsonAsync(May)).Codes().ShouldNotContain("derby");
    }

    [Theory]
    [InlineData("name", "", "name", "NotEmptyValidator")]
    [InlineData("code", "tabaski", "code", "event_code_known")]
    [InlineData("code", "a,b", "code", "code_format")]
    [InlineData("country", "sénégal", "country", "country_format")]
    [InlineData("country", "CI", "country", "event_country_unknown")]
    [InlineData("to", "2026-05-01", "to", "event_ends_before_start")]
    [InlineData("to", "2027-06-01", "to", "event_too_long")]
    [InlineData("lead", 61, "lead", "event_around_range")]
    [InlineData("lag", -1, "lag", "event_around_range")]
    [InlineData("stores", "absent", "stores", "event_store_unknown")]
    public async Task An_own_event_that_makes_no_sense_is_refused_field_by_field(string field, object value, string named, string code)
    {
        var body = Fair();
        body[field] = field == "stores" ? new[] { value } : value;
        using var response = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Events, body);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf(named).ShouldBe(code);
    }

    [Fact]
    public async Task Managers_see_the_calendar_and_change_nothing()
    {
        foreach (var role in new[] { Roles.StoreManager, Roles.RegionalManager, Roles.Integrator })
        {
            var client = await Tenant.As(role);
            (await client.GetJsonAsync(May)).Codes().ShouldContain("tabaski");
            using var move = await client.PostAsJsonAsync(Tabaski + "/move", new { days = 1 });
            move.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Who_sees_a_part_of_the_chain_changes_only_what_is_of_that_part()
    {
        var admin = await Tenant.As(Roles.Admin);
        var (theirs, others, both) = (await AddAsync(admin, "S1"), await AddAsync(admin, "N1"), await AddAsync(admin, "N1", "S1"));
        var south = await Tenant.As(Roles.Director, Chain.Regions("sud"));
        var seen = (await south.GetJsonAsync(May)).GetProperty("items").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "own").ToArray();
        seen.Select(one => one.GetProperty("id").GetString()).ShouldBe([theirs, both], ignoreOrder: true);
        seen.ShouldAllBe(one => one.GetProperty("stores").ToString() == """["S1"]""");
        (await StatusAsync(south, theirs)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(south, others)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(south, both)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(south, "tabaski.SN.20260527")).ShouldBe(HttpStatusCode.Forbidden);
        using var whole = await south.PostAsJsonAsync(Events, Fair());
        whole.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var foreign = await south.PostAsJsonAsync(Events, Fair(stores: ["N1"]));
        (await foreign.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("stores").ShouldBe("event_store_unknown");
    }

    [Fact]
    public async Task A_change_raises_the_version_and_the_next_map_knows_it()
    {
        var before = await MapAsync();
        (await MapAsync()).ShouldBeSameAs(before);
        await PostAsync(await Tenant.As(Roles.Director), Tabaski + "/move", new { days = -1 });
        var after = await MapAsync();
        after.Version.ShouldBeGreaterThan(before.Version);
        OfTabaski(before).ShouldBe(new DateOnly(2026, 5, 28));
        OfTabaski(after).ShouldBe(new DateOnly(2026, 5, 27));
    }

    [Theory]
    [InlineData("events_period_missing", "")]
    [InlineData("events_period_invalid", "?from=2026-02-01&to=2026-01-01")]
    [InlineData("events_period_invalid", "?from=2016-01-01&to=2026-01-01")]
    public async Task A_list_has_a_period(string code, string query)
    {
        using var response = await (await Tenant.As(Roles.Admin)).GetAsync(Events + query);
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var admin = await Tenant.As(Roles.Admin);
        foreach (var id in new[] { "x", "tabaski.FR.20260527", "tabaski.SN.20260528", "nothing.SN.20260527", Guid.CreateVersion7().ToString() })
            (await StatusAsync(admin, id)).ShouldBe(HttpStatusCode.NotFound, id);
        using var far = await admin.PostAsJsonAsync(Tabaski + "/move", new { days = 2 });
        (await far.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("days").ShouldBe("event_move_range");
    }

    private static async Task<string> AddAsync(HttpClient client, params string[] stores)
    {
        using var response = await client.PostAsJsonAsync(Events, Fair(stores: stores));
        return (await response.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string id)
    {
        using var response = await client.PostAsJsonAsync($"{Events}/{id}/move", new { days = 1 });
        return response.StatusCode;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        return await response.ShouldBeJsonAsync();
    }

    private static async Task<JsonElement> FindAsync(HttpClient client, string code) =>
        (await client.GetJsonAsync(May)).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("code").GetString() == code);

    private static Dictionary<string, object?> Fair(string name = "Foire de Dakar", string[]? stores = null) => new(StringComparer.Ordinal)
    {
        ["name"] = name,
        ["country"] = "SN",
        ["from"] = "2026-05-10",
        ["to"] = "2026-05-12",
        ["lead"] = 2,
        ["lag"] = 1,
        ["stores"] = stores,
    };

    private static DateOnly OfTabaski(EventMap map) => map.Of("SN", new DateOnly(2026, 5, 28), new DateOnly(2026, 5, 28)).Single(one => one.Code == "tabaski").From;

    private Task<EventMap> MapAsync() => Tenant.InScopeAsync(async services => await services.GetRequiredService<IEventCalendar>().AllAsync(CancellationToken.None));
}
