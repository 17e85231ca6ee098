using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Stores;

/// <summary>Regions and stores for tests, made over HTTP by the chain's administrator.</summary>
internal static class Chain
{
    public static async Task AddRegionAsync(this TestTenant tenant, string code, string? name = null)
    {
        using var response = await (await tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/regions", new { code, name = name ?? "Région " + code });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    public static async Task<JsonElement> OpenStoreAsync(this TestTenant tenant, string code, string region)
    {
        using var response = await (await tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/stores", Store(code, region));
        return await response.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    /// <summary>Two regions: <c>nord</c> with stores N1 and N2, <c>sud</c> with S1.</summary>
    public static async Task OpenTwoRegionsAsync(this TestTenant tenant)
    {
        await tenant.AddRegionAsync("nord");
        await tenant.AddRegionAsync("sud");
        await tenant.OpenStoreAsync("N1", "nord");
        await tenant.OpenStoreAsync("N2", "nord");
        await tenant.OpenStoreAsync("S1", "sud");
    }

    public static Dictionary<string, object?> Store(string code, string region) => new(StringComparer.Ordinal)
    {
        ["code"] = code,
        ["name"] = "Magasin " + code,
        ["region"] = region,
        ["country"] = "SN",
        ["currency"] = "XOF",
        ["surface"] = 420.5,
        ["openedOn"] = "2024-03-01",
        ["closedOn"] = null,
        ["timeZone"] = "Africa/Dakar",
    };

    public static DataScope Regions(params string[] codes) => new(ScopeKind.Regions, codes, [], SeesCost: false);

    public static DataScope Only(params string[] stores) => new(ScopeKind.Stores, [], stores, SeesCost: false);

    public static IReadOnlyList<string?> Codes(this JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString())];
}
