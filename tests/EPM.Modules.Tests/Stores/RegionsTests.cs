using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Stores;

public sealed class RegionsTests : FeatureTest
{
    private const string Path = "/api/v1/regions";

    [Fact]
    public async Task Regions_tell_how_many_stores_the_caller_sees_in_them()
    {
        await Tenant.OpenTwoRegionsAsync();
        await Tenant.AddRegionAsync("vide");
        (await Counts(await Tenant.As(Roles.Analyst))).ShouldBe("nord=2 sud=1 vide=0");
        (await Counts(await Tenant.As(Roles.RegionalManager, Chain.Regions("sud", "vide")))).ShouldBe("sud=1 vide=0");
        (await Counts(await Tenant.As(Roles.StoreManager, Chain.Only("N2")))).ShouldBe("nord=1");
    }

    [Fact]
    public async Task A_new_name_shows_on_the_stores_too()
    {
        await Tenant.OpenTwoRegionsAsync();
        var admin = await Tenant.As(Roles.Admin);
        using var renamed = await admin.PutAsJsonAsync(Path + "/nord", new { name = "  Grand Nord " });
        (await renamed.ShouldBeJsonAsync()).GetProperty("stores").GetInt32().ShouldBe(2);
        (await admin.GetJsonAsync("/api/v1/stores/N1")).GetProperty("region").GetProperty("name").GetString().ShouldBe("Grand Nord");
    }

    [Fact]
    public async Task A_region_outside_the_scope_cannot_be_renamed_nor_told_from_one_that_is_not_there()
    {
        await Tenant.OpenTwoRegionsAsync();
        var editor = await Tenant.As(Roles.Director, Chain.Regions("nord"));
        foreach (var code in new[] { "sud", "absent", "a%2Cb" })
        {
            using var response = await editor.PutAsJsonAsync($"{Path}/{code}", new { name = "X" });
            await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
        using var added = await editor.PostAsJsonAsync(Path, new { code = "est", name = "Est" });
        await added.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_region_code_is_given_once()
    {
        await Tenant.AddRegionAsync("nord");
        using var again = await (await Tenant.As(Roles.Admin)).PostAsJsonAsync(Path, new { code = "nord", name = "Nord" });
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "region_code_taken");
    }

    private static async Task<string> Counts(HttpClient client) => string.Join(' ', (await client.GetJsonAsync(Path)).GetProperty("items").EnumerateArray()
        .Select(region => $"{region.GetProperty("code").GetString()}={region.GetProperty("stores").GetInt32()}"));
}
