using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

[Collection("identity provider")]
public sealed class ProviderSettingsTests : IAsyncLifetime
{
    private static readonly string Director = TestTenant.EmailOf(Roles.Director);
    private static readonly string Admin = TestTenant.EmailOf(Roles.Admin);

    private ProviderChain _chain = null!;

    public async Task InitializeAsync() => _chain = await ProviderChain.NewAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_provider_is_set_shown_to_whoever_signs_in_and_removed_and_its_secret_is_told_to_nobody()
    {
        var admin = await _chain.Tenant.As(Roles.Admin);
        (await admin.GetJsonAsync(ProviderChain.Settings)).GetProperty("issuer").ValueKind.ShouldBe(JsonValueKind.Null);
        await _chain.SetUpAsync();
        var shown = await admin.GetJsonAsync(ProviderChain.Settings);
        shown.GetProperty("issuer").GetString().ShouldBe(_chain.Issuer);
        shown.ToString().ShouldNotContain("ecret");
        var site = await _chain.Tenant.Anonymous().GetJsonAsync("/api/v1/site");
        site.GetProperty("singleSignOn").GetProperty("label").GetString().ShouldBe("Compte Teranga");
        site.GetProperty("passwords").GetBoolean().ShouldBeTrue();
        await using var app = await _chain.Tenant.Host.AsAppAsync(_chain.Tenant.Id.ToString());
        (await app.ScalarAsync<bool>("SELECT position(convert_to($1, 'UTF8') IN client_secret) = 0 FROM tenancy.sign_in_provider", ProviderChain.Secret)).ShouldBeTrue();

        using var removed = await admin.DeleteAsync(ProviderChain.Settings);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _chain.Tenant.Anonymous().GetJsonAsync("/api/v1/site")).GetProperty("singleSignOn").ValueKind.ShouldBe(JsonValueKind.Null);
        using var start = await _chain.Tenant.Anonymous().GetAsync("/api/v1/auth/oidc/start");
        await start.ShouldBeProblemAsync(HttpStatusCode.NotFound, "provider_absent");
        (await app.ScalarAsync<string[]>("SELECT array_agg(action ORDER BY number) FROM platform.audit_entry WHERE action LIKE 'sign-in-provider.%'"))
            .ShouldBe(["sign-in-provider.changed", "sign-in-provider.secret-changed", "sign-in-provider.removed"]);
        (await app.ScalarAsync<string>("SELECT string_agg(e::text, ' ') FROM platform.audit_entry e")).ShouldNotContain(ProviderChain.Secret);
    }

    [Fact]
    public async Task A_secret_left_out_is_kept_for_the_same_provider_only()
    {
        using var without = await _chain.SetAsync(_chain.Body(clientSecret: null));
        await without.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "client_secret_missing");
        await _chain.SetUpAsync();
        using var kept = await _chain.SetAsync(_chain.Body(clientSecret: null));
        kept.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var elsewhere = await _chain.SetAsync(_chain.Body(clientSecret: null, issuer: _chain.Issuer + "-other"));
        await elsewhere.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "client_secret_missing");
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_or_names_itself_otherwise_is_not_kept()
    {
        using var nowhere = await _chain.SetAsync(_chain.Body(issuer: "https://10.0.0.1"));
        await nowhere.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "provider_unreachable");
        using var slash = await _chain.SetAsync(_chain.Body(issuer: _chain.Issuer + "/"));
        await slash.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "provider_metadata");
        using var parameters = await _chain.SetAsync(_chain.Body(issuer: _chain.Issuer + "?a=b"));
        (await parameters.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("issuer").ShouldBe("issuer_form");
    }

    [Fact]
    public async Task Passwords_are_turned_off_only_while_an_administrator_still_gets_in_and_then_open_nothing_for_whoever_comes_by_the_provider()
    {
        await _chain.SetUpAsync();
        using var tooEarly = await _chain.SetAsync(_chain.Body(passwordsAllowed: false));
        await tooEarly.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "last_way_in");

        (await _chain.SignInAsync("the-admin", Admin)).Landing.ShouldBe("/");
        (await _chain.SignInAsync("the-director", Director)).Landing.ShouldBe("/");
        await _chain.SetUpAsync(passwordsAllowed: false);
        foreach (var email in new[] { Director, Admin, TestTenant.EmailOf(Roles.Analyst), "personne@chaine.test" })
        {
            await RefusedAsync(email, TestTenant.Password, "password_sign_in_off");
            await RefusedAsync(email, "pas le bon du tout", "password_sign_in_off");
        }
        (await _chain.SignInAsync("the-director", Director)).Landing.ShouldBe("/");
        (await _chain.Tenant.Anonymous().GetJsonAsync("/api/v1/site")).GetProperty("passwords").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task An_administrator_with_a_second_factor_who_never_came_by_the_provider_breaks_the_glass()
    {
        var admin = await _chain.Tenant.As(Roles.Admin);
        var phone = await Authenticator.SetUpAsync(admin, _chain.Time);
        await _chain.SetUpAsync(passwordsAllowed: false);
        await RefusedAsync(Admin, "pas le bon du tout", "password_sign_in_off");
        await RefusedAsync(Admin, TestTenant.Password, "second_factor_needed");
        using var client = _chain.Tenant.Anonymous();
        using var opened = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = Admin, password = TestTenant.Password, code = phone.Code });
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_a_second_factor_is_asked_for_whoever_has_none_can_only_set_one_up()
    {
        var director = await _chain.Tenant.As(Roles.Director);
        (await director.GetAsync("/api/v1/stores")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _chain.SetUpAsync(twoFactorRequired: true);
        using var barred = await director.GetAsync("/api/v1/dashboard?from=2026-01-01&to=2026-01-31");
        await barred.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "two_factor_required");
        (await director.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Authenticator.SetUpAsync(director, _chain.Time);
        using var free = await director.GetAsync("/api/v1/dashboard?from=2026-01-01&to=2026-01-31");
        free.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _chain.SignInAsync("the-analyst", TestTenant.EmailOf(Roles.Analyst))).Landing.ShouldBe("/", "whoever comes by the provider has shown there what is asked");
    }

    [Fact]
    public async Task Whoever_accepts_an_invitation_there_is_asked_for_it_as_one_who_signs_in()
    {
        var guest = new { name = "Awa Sow", email = "awa@chaine.test", role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = true } };
        using var invited = await (await _chain.Tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/invitations", guest);
        var token = new Uri((await invited.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("link").GetString()!).Fragment[1..];
        await _chain.SetUpAsync(twoFactorRequired: true);
        using var anybody = _chain.Tenant.Anonymous();
        using var accepted = await anybody.PostAsJsonAsync("/api/v1/invitations/accept", new { token, password = TestTenant.Password });
        using var awa = _chain.Tenant.Host.Client(_chain.Tenant.Slug, (await accepted.ShouldBeJsonAsync()).GetProperty("accessToken").GetString());
        using var barred = await awa.GetAsync("/api/v1/stores");
        await barred.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "two_factor_required");
        (await awa.GetJsonAsync("/api/v1/me")).GetProperty("barred").GetString().ShouldBe("two_factor_required");
        var phone = await Authenticator.SetUpAsync(awa, _chain.Time);
        (await awa.GetAsync("/api/v1/stores")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await awa.GetJsonAsync("/api/v1/me")).GetProperty("barred").ValueKind.ShouldBe(JsonValueKind.Null);
        await RefusedAsync(guest.email, TestTenant.Password, "second_factor_needed");
        using var off = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/me/two-factor") { Content = JsonContent.Create(new { password = TestTenant.Password, code = phone.Code }) };
        (await awa.SendAsync(off)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var again = await awa.GetAsync("/api/v1/stores");
        await again.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "two_factor_required");
    }

    private async Task RefusedAsync(string email, string password, string code)
    {
        using var client = _chain.Tenant.Anonymous();
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password });
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, code);
    }
}
