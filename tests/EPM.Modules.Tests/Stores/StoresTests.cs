using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Stores;

public sealed class StoresTests : FeatureTest
{
    private const string Path = "/api/v1/stores";

    [Fact]
    public async Task A_store_is_opened_and_told_back_as_it_was_given()
    {
        await Tenant.AddRegionAsync("dakar", "Dakar et banlieue");
        var opened = await Tenant.OpenStoreAsync("DK 01", "dakar");
        var told = await (await Tenant.As(Roles.Analyst)).GetJsonAsync(Path + "/DK%2001");
        told.ToString().ShouldBe(opened.ToString());
        told.GetProperty("region").GetProperty("name").GetString().ShouldBe("Dakar et banlieue");
        told.GetProperty("surface").GetDecimal().ShouldBe(420.5m);
        told.GetProperty("openedOn").GetString().ShouldBe("2024-03-01");
        told.GetProperty("closedOn").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_change_shows_in_the_list_at_once()
    {
        await Tenant.OpenTwoRegionsAsync();
        var director = await Tenant.As(Roles.Director);
        (await director.GetJsonAsync(Path)).Codes().ShouldBe(["N1", "N2", "S1"]);

        using var changed = await director.PutAsJsonAsync(Path + "/N2", Change("N2", "sud", ("name", "Nouveau nom"), ("closedOn", "2026-01-31")));
        (await changed.ShouldBeJsonAsync()).GetProperty("region").GetProperty("code").GetString().ShouldBe("sud");
        var listed = (await director.GetJsonAsync(Path)).GetProperty("items").EnumerateArray().Single(store => store.GetProperty("code").GetString() == "N2");
        listed.GetProperty("name").GetString().ShouldBe("Nouveau nom");
        listed.GetProperty("closedOn").GetString().ShouldBe("2026-01-31");
    }

    [Fact]
    public async Task Who_sees_one_region_finds_the_other_regions_stores_nowhere()
    {
        await Tenant.OpenTwoRegionsAsync();
        var manager = await Tenant.As(Roles.RegionalManager, Chain.Regions("nord"));
        (await manager.GetJsonAsync(Path)).Codes().ShouldBe(["N1", "N2"]);
        var absent = await ProblemOf(manager, "/absent");
        var foreign = await ProblemOf(manager, "/S1");
        foreign.ShouldBe(absent with { TraceId = foreign.TraceId });
        await ProblemOf(manager, "/S1/objectives?year=2026");
        await ProblemOf(manager, "/S1/closures");
    }

    [Fact]
    public async Task Who_sees_one_store_sees_that_one_only()
    {
        await Tenant.OpenTwoRegionsAsync();
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N2"));
        (await manager.GetJsonAsync(Path)).Codes().ShouldBe(["N2"]);
        await ProblemOf(manager, "/N1");
    }

    [Fact]
    public async Task An_editor_neither_changes_nor_places_a_store_outside_their_regions()
    {
        await Tenant.OpenTwoRegionsAsync();
        var editor = await Tenant.As(Roles.Director, Chain.Regions("nord"));
        using var foreign = await editor.PutAsJsonAsync(Path + "/S1", Change("S1", "nord"));
        await foreign.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var away = await editor.PutAsJsonAsync(Path + "/N1", Change("N1", "sud"));
        (await away.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("region").ShouldBe("region_unknown");
        using var elsewhere = await editor.PostAsJsonAsync(Path, Chain.Store("S2", "sud"));
        (await elsewhere.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("region").ShouldBe("region_unknown");
        using var here = await editor.PostAsJsonAsync(Path, Chain.Store("N3", "nord"));
        here.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_code_is_given_once()
    {
        await Tenant.AddRegionAsync("nord");
        await Tenant.OpenStoreAsync("N1", "nord");
        using var again = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Path, Chain.Store("N1", "nord"));
        var problem = await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "store_code_taken");
        problem.Title.ShouldBe("Le code N1 est déjà celui d’un magasin.");
    }

    [Theory]
    [InlineData("code", "a/b", "code_format")]
    [InlineData("code", "", "NotEmptyValidator")]
    [InlineData("name", "", "NotEmptyValidator")]
    [InlineData("name", "a\0b", "text_plain")]
    [InlineData("country", "SEN", "country_format")]
    [InlineData("currency", "ABC", "currency_unknown")]
    [InlineData("surface", 0, "GreaterThanValidator")]
    [InlineData("openedOn", "1800-01-01", "date_range")]
    [InlineData("closedOn", "2024-02-29", "store_closed_before_opening")]
    [InlineData("timeZone", "Romance Standard Time", "time_zone_unknown")]
    [InlineData("timeZone", "../etc/passwd", "time_zone_unknown")]
    [InlineData("region", "est", "region_unknown")]
    public async Task A_broken_field_is_named_with_its_rule(string field, object value, string code)
    {
        await Tenant.AddRegionAsync("nord");
        var body = Chain.Store("N1", "nord");
        body[field] = value;
        using var response = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Path, body);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf(field).ShouldBe(code);
    }

    [Theory]
    [InlineData("fr", "Code de devise inconnu (ISO 4217, par exemple XOF).")]
    [InlineData("en", "Unknown currency code (ISO 4217, for example XOF).")]
    public async Task Broken_fields_are_told_in_the_callers_language(string language, string sentence)
    {
        var tenant = await Host.NewTenantAsync(language: language);
        var body = Chain.Store("N1", "nord");
        body["currency"] = "???";
        body.Remove("name");
        using var response = await (await tenant.As(Roles.Admin)).PostAsJsonAsync(Path, body);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem.Errors!["currency"].Single().Message.ShouldBe(sentence);
        problem.CodeOf("name").ShouldBe("NotEmptyValidator");
    }

    [Fact]
    public async Task Who_only_looks_at_stores_changes_none()
    {
        await Tenant.OpenTwoRegionsAsync();
        using var response = await (await Tenant.As(Roles.StoreManager)).PutAsJsonAsync(Path + "/N1", Change("N1", "nord"));
        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_code_that_no_store_could_have_is_simply_absent() =>
        await ProblemOf(await Tenant.As(Roles.Admin), "/a%2Cb/closures");

    private static Dictionary<string, object?> Change(string code, string region, params (string Field, object? Value)[] changes)
    {
        var body = Chain.Store(code, region);
        body.Remove("code");
        foreach (var (field, value) in changes)
            body[field] = value;
        return body;
    }

    private static async Task<Problem> ProblemOf(HttpClient client, string path)
    {
        using var response = await client.GetAsync(Path + path);
        return await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }
}
