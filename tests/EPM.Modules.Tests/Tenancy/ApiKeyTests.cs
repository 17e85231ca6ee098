using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.Tenancy.Domain;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class ApiKeyTests : FeatureTest
{
    [Fact]
    public async Task A_key_opens_what_it_was_given_and_nothing_else()
    {
        var key = await AddAsync([Permissions.ViewStores, Permissions.ViewCatalogue]);
        using var program = Host.Client(Tenant.Slug, key.GetProperty("key").GetString());
        await program.GetJsonAsync("/api/v1/stores");
        await program.GetJsonAsync("/api/v1/products");
        foreach (var path in (string[])["imports", "dashboard?from=2026-01-01&to=2026-01-31", "users", "api-keys", "me"])
            await (await program.GetAsync("/api/v1/" + path)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await program.PostAsJsonAsync("/api/v1/categories", new { code = "C", name = "C", parent = (string?)null })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await program.PutAsJsonAsync("/api/v1/me/preferences", new { language = "en" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_key_sees_its_own_part_of_the_chain_and_cost_only_when_given()
    {
        var admin = await Tenant.As(Roles.Admin);
        await (await admin.PostAsJsonAsync("/api/v1/products", new { sku = "A1", name = "Riz", category = (string?)null, purchasePrice = 500, salePrice = 900, taxRate = 0.18 }))
            .ShouldBeJsonAsync(HttpStatusCode.Created);
        var seeing = await ProgramAsync([Permissions.ViewCatalogue]);
        var blind = await ProgramAsync([Permissions.ViewCatalogue], new { kind = "all", seesCost = false });
        (await seeing.GetJsonAsync("/api/v1/products/A1")).GetProperty("purchasePrice").GetDecimal().ShouldBe(500);
        (await blind.GetJsonAsync("/api/v1/products/A1")).GetProperty("purchasePrice").ValueKind.ShouldBe(JsonValueKind.Null);
        await Tenant.OpenTwoRegionsAsync();
        var south = await ProgramAsync([Permissions.ViewStores], new { kind = "stores", stores = new[] { "S1" }, seesCost = false });
        (await south.GetJsonAsync("/api/v1/stores")).Codes().ShouldBe(["S1"]);
    }

    [Theory]
    [InlineData(Permissions.ManageUsers)]
    [InlineData(Permissions.ManageKeys)]
    [InlineData(Permissions.ManageSettings)]
    [InlineData(Permissions.ViewOperations)]
    [InlineData(Permissions.SignedIn)]
    [InlineData(Permissions.EditStores)]
    [InlineData("invented")]
    public async Task Keys_are_never_given_what_is_for_people(string permission)
    {
        using var response = await PostAsync(new[] { Permissions.ViewStores, permission });
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("permissions").ShouldBe("api_key_permissions");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task A_key_lives_a_year_at_most(int days)
    {
        using var response = await PostAsync([Permissions.ViewStores], days: days);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("expiresOn").ShouldBe("api_key_life");
    }

    [Fact]
    public async Task A_key_is_told_once_and_only_its_hash_is_kept()
    {
        var text = (await AddAsync([Permissions.ViewStores])).GetProperty("key").GetString()!;
        KeyText.TryRead(text, out var key).ShouldBeTrue();
        text.ShouldMatch("^epm_[a-z2-9]{10}_[A-Za-z0-9]{38}$");
        var listed = await (await Tenant.As(Roles.Admin)).GetStringAsync("/api/v1/api-keys");
        listed.ShouldContain($"\"prefix\":\"epm_{key!.Id}\"");
        listed.ShouldNotContain(key.Secret);
        var row = await Tenant.InTransactionAsync(async (unit, _) =>
        {
            await using var read = unit.Command("SELECT k::text FROM tenancy.api_key k");
            return (string)(await read.ExecuteScalarAsync())!;
        });
        row.ShouldNotContain(key.Secret);
        row.ShouldContain(Convert.ToHexStringLower(key.Hash()));
    }

    [Fact]
    public async Task Another_secret_a_typing_error_and_another_chains_key_open_nothing()
    {
        var text = (await AddAsync([Permissions.ViewStores])).GetProperty("key").GetString()!;
        KeyText.TryRead(text, out var key);
        var other = await Host.NewTenantAsync();
        await RefusedAsync(Host.Client(other.Slug, text));
        await RefusedAsync(Host.Client(null, text));
        await RefusedAsync(Host.Client(Tenant.Slug, KeyText.Of(key!.Id).ToString()));
        await RefusedAsync(Host.Client(Tenant.Slug, text[..^1] + (text[^1] == 'a' ? 'b' : 'a')));
        await RefusedAsync(Host.Client(Tenant.Slug, text + "x"));
        await RefusedAsync(Host.Client(Tenant.Slug, "epm_"));
        await RefusedAsync(Host.Client(Tenant.Slug, KeyText.New().ToString()));
        (await Host.Client(Tenant.Slug, text).GetAsync("/api/v1/stores")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_change_is_in_the_trail_under_the_keys_public_name()
    {
        var id = (await AddAsync([Permissions.ViewStores])).GetProperty("id").GetString()!;
        var admin = await Tenant.As(Roles.Admin);
        await (await admin.PostAsJsonAsync($"/api/v1/api-keys/{id}/rotate", new { overlapHours = 1 })).ShouldBeJsonAsync(HttpStatusCode.Created);
        (await admin.DeleteAsync("/api/v1/api-keys/" + id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await admin.DeleteAsync("/api/v1/api-keys/" + id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var told = await Tenant.InTransactionAsync(async (unit, _) =>
        {
            await using var read = unit.Command("SELECT string_agg(action, ' ' ORDER BY number) FROM platform.audit_entry WHERE subject = 'api-key/' || $1");
            read.Parameters.Add(new() { Value = id });
            return (string)(await read.ExecuteScalarAsync())!;
        });
        told.ShouldBe("api-key.created api-key.rotated api-key.revoked");
    }

    private static async Task RefusedAsync(HttpClient client)
    {
        using (client)
            await (await client.GetAsync("/api/v1/stores")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "api_key_invalid");
    }

    private async Task<HttpClient> ProgramAsync(string[] permissions, object? scope = null) =>
        Host.Client(Tenant.Slug, (await AddAsync(permissions, scope)).GetProperty("key").GetString());

    private async Task<JsonElement> AddAsync(string[] permissions, object? scope = null) =>
        await (await PostAsync(permissions, scope)).ShouldBeJsonAsync(HttpStatusCode.Created);

    private async Task<HttpResponseMessage> PostAsync(string[] permissions, object? scope = null, int days = 90) =>
        await (await Tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/api-keys", new
        {
            name = "Caisse",
            permissions,
            scope = scope ?? new { kind = "all", seesCost = true },
            expiresOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(days),
        });
}
