using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class PreviewTests : FeatureTest
{
    private HttpClient _admin = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _admin = await Tenant.As(Roles.Admin);
    }

    [Fact]
    public async Task A_preview_has_the_rights_and_the_scope_of_the_person_seen_and_says_who_looks()
    {
        await Tenant.OpenTwoRegionsAsync();
        using var manager = await Tenant.As(Roles.RegionalManager, Chain.Regions("sud"));
        using var preview = await SeeAsAsync(await IdAsync(manager));
        var me = await preview.GetJsonAsync("/api/v1/me");
        me.GetProperty("seenBy").GetProperty("name").GetString().ShouldBe(Roles.Admin);
        me.GetProperty("user").GetProperty("role").GetString().ShouldBe(Roles.RegionalManager);
        (await preview.GetJsonAsync("/api/v1/stores")).Codes().ShouldBe(["S1"]);
        using var users = await preview.GetAsync("/api/v1/users");
        await users.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await manager.GetJsonAsync("/api/v1/me")).GetProperty("seenBy").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_preview_changes_nothing_not_even_what_the_person_may()
    {
        var director = await Tenant.As(Roles.Director);
        using var preview = await SeeAsAsync(await IdAsync(director));
        using var command = await preview.PostAsJsonAsync("/api/v1/regions", new { code = "NORD", name = "Nord" });
        await command.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "preview_read_only");
        using var direct = await preview.PutAsJsonAsync("/api/v1/me/password", new { current = TestTenant.Password, password = "quatre mots tout neufs" });
        await direct.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "preview_read_only");
        using var import = await preview.PostAsync("/api/v1/imports?kind=sales", new StringContent("store\n", null, "text/csv"));
        await import.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "preview_read_only");
        (await director.GetJsonAsync("/api/v1/regions")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_preview_of_an_administrator_opens_no_other()
    {
        using var second = await Tenant.As(Roles.Admin, DataScope.Everything);
        using var preview = await SeeAsAsync(await IdAsync(second));
        using var nested = await preview.PostAsync($"/api/v1/users/{await IdAsync(await Tenant.As(Roles.Director))}/see-as", null);
        await nested.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "preview_read_only");
    }

    [Fact]
    public async Task A_preview_ends_with_the_session_it_was_opened_from()
    {
        using var admin = await Tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin));
        using var preview = await SeeAsAsync(await IdAsync(await Tenant.As(Roles.Director)), admin);
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.PostAsync("/api/v1/auth/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_may_not_manage_people_any_more_sees_through_nobodys_eyes()
    {
        using var second = await Tenant.As(Roles.Admin, DataScope.Everything);
        using var preview = await SeeAsAsync(await IdAsync(await Tenant.As(Roles.Director)), second);
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var demoted = await _admin.PutAsJsonAsync("/api/v1/users/" + await IdAsync(second),
            new { name = "Autre", role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = true }, active = true });
        demoted.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_preview_lasts_a_quarter_of_an_hour_and_is_in_nobodys_list_of_sessions()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        var director = await tenant.As(Roles.Director);
        using var seen = await (await tenant.As(Roles.Admin)).PostAsync($"/api/v1/users/{await IdAsync(director)}/see-as", null);
        var body = await seen.ShouldBeJsonAsync();
        body.GetProperty("expiresIn").GetInt32().ShouldBe(900);
        seen.Headers.Contains("Set-Cookie").ShouldBeFalse("there is nothing to continue it with");
        using var preview = host.Client(tenant.Slug, body.GetProperty("accessToken").GetString());
        (await director.GetJsonAsync("/api/v1/me/sessions")).GetProperty("items").GetArrayLength().ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(15));
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_start_of_a_preview_is_in_the_trail_with_both_people()
    {
        using var preview = await SeeAsAsync(await IdAsync(await Tenant.As(Roles.Director)));
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        (await app.ScalarAsync<string>("SELECT user_email || ' ' || subject FROM platform.audit_entry WHERE action = 'preview.started'"))
            .ShouldBe($"{TestTenant.EmailOf(Roles.Admin)} user/{TestTenant.EmailOf(Roles.Director)}");
    }

    private async Task<HttpClient> SeeAsAsync(string? id, HttpClient? admin = null)
    {
        using var seen = await (admin ?? _admin).PostAsync($"/api/v1/users/{id}/see-as", null);
        return Host.Client(Tenant.Slug, (await seen.ShouldBeJsonAsync()).GetProperty("accessToken").GetString());
    }

    private static async Task<string?> IdAsync(HttpClient client) => (await client.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("id").GetString();
}
