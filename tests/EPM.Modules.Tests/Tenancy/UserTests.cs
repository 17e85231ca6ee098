using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class UserTests : FeatureTest
{
    private HttpClient _admin = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _admin = await Tenant.As(Roles.Admin);
    }

    [Fact]
    public async Task An_administrator_adds_a_person_who_then_signs_in_with_the_scope_they_were_given()
    {
        await Tenant.AddRegionAsync("NORD");
        await Tenant.AddRegionAsync("SUD");
        using var response = await _admin.PostAsJsonAsync("/api/v1/users", Person(scope: new { kind = "regions", regions = new[] { "SUD", "NORD", "SUD" }, seesCost = false }));
        var added = await response.ShouldBeJsonAsync(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe("/api/v1/users/" + added.GetProperty("id").GetString());

        var scope = (await Tenant.SignInBodyAsync("nouvelle@chaine.test", "quatre mots de plus")).GetProperty("user").GetProperty("scope");
        scope.GetProperty("regions").EnumerateArray().Select(item => item.GetString()).ShouldBe(["NORD", "SUD"]);
        scope.GetProperty("seesCost").GetBoolean().ShouldBeFalse();
        (await ItemsAsync()).Select(item => item.GetProperty("email").GetString()).ShouldContain("nouvelle@chaine.test");
    }

    [Theory]
    [InlineData(Roles.Director)]
    [InlineData(Roles.RegionalManager)]
    [InlineData(Roles.StoreManager)]
    [InlineData(Roles.Analyst)]
    [InlineData(Roles.Integrator)]
    public async Task Nobody_but_an_administrator_sees_or_changes_people(string role)
    {
        var client = await Tenant.As(role);
        using var list = await client.GetAsync("/api/v1/users");
        using var add = await client.PostAsJsonAsync("/api/v1/users", Person());
        using var edit = await client.PutAsJsonAsync($"/api/v1/users/{Guid.Empty}", Edit());
        foreach (var response in new[] { list, add, edit })
            await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task An_address_belongs_to_one_person_of_a_chain_and_may_be_used_by_another_chain()
    {
        using var first = await _admin.PostAsJsonAsync("/api/v1/users", Person());
        using var again = await _admin.PostAsJsonAsync("/api/v1/users", Person(email: "NOUVELLE@chaine.test"));
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "email_taken");
        var other = await Host.NewTenantAsync();
        using var elsewhere = await (await other.As(Roles.Admin)).PostAsJsonAsync("/api/v1/users", Person());
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_edit_of_role_and_scope_holds_for_the_next_request()
    {
        var client = await Tenant.As(Roles.Director);
        (await client.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("role").GetString().ShouldBe(Roles.Director);
        await Tenant.AddRegionAsync("SUD");
        await Tenant.OpenStoreAsync("DK1", "SUD");
        using var edited = await _admin.PutAsJsonAsync($"/api/v1/users/{await IdAsync(Roles.Director)}",
            Edit(role: Roles.StoreManager, scope: new { kind = "stores", stores = new[] { "DK1" }, regions = new[] { "SUD" }, seesCost = false }));
        await edited.ShouldBeJsonAsync();

        var user = (await client.GetJsonAsync("/api/v1/me")).GetProperty("user");
        user.GetProperty("role").GetString().ShouldBe(Roles.StoreManager);
        user.GetProperty("scope").ToString().ShouldBe("""{"kind":"stores","regions":[],"stores":["DK1"],"seesCost":false,"categories":[]}""");
    }

    [Fact]
    public async Task A_deactivated_person_is_out_at_once_and_stays_out()
    {
        using var browser = Tenant.Anonymous(cookies: true);
        using var signedIn = await browser.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = TestTenant.EmailOf(Roles.Analyst), password = TestTenant.Password });
        using var holder = Host.Client(Tenant.Slug, (await signedIn.ShouldBeJsonAsync()).GetProperty("accessToken").GetString());
        (await holder.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var edited = await _admin.PutAsJsonAsync($"/api/v1/users/{await IdAsync(Roles.Analyst)}", Edit(active: false));
        (await edited.ShouldBeJsonAsync()).GetProperty("active").GetBoolean().ShouldBeFalse();
        using var me = await holder.GetAsync("/api/v1/me");
        await me.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not_signed_in");
        using var refresh = await browser.PostAsync("/api/v1/auth/refresh", null);
        await refresh.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session_ended");
        using var signIn = await browser.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = TestTenant.EmailOf(Roles.Analyst), password = TestTenant.Password });
        await signIn.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "credentials_invalid");

        // Being let in again does not bring the ended sessions back.
        using var back = await _admin.PutAsJsonAsync($"/api/v1/users/{await IdAsync(Roles.Analyst)}", Edit());
        (await holder.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Analyst));
    }

    [Theory]
    [InlineData(Roles.Director, true)]
    [InlineData(Roles.Admin, false)]
    public async Task The_last_active_administrator_can_neither_be_demoted_nor_deactivated(string role, bool active)
    {
        using var refused = await _admin.PutAsJsonAsync($"/api/v1/users/{await IdAsync(Roles.Admin)}", Edit(role: role, active: active));
        await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "last_admin");
        (await _admin.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one()
    {
        using var added = await _admin.PostAsJsonAsync("/api/v1/users", Person(role: Roles.Admin));
        var (one, two) = (await IdAsync(Roles.Admin), (await added.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString());
        using var second = await Tenant.SignInAsync("nouvelle@chaine.test", "quatre mots de plus");
        var answers = await Task.WhenAll(
            _admin.PutAsJsonAsync($"/api/v1/users/{two}", Edit(role: Roles.Analyst)),
            second.PutAsJsonAsync($"/api/v1/users/{one}", Edit(role: Roles.Analyst)));
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
    }

    [Fact]
    public async Task A_scope_names_only_what_is_there()
    {
        await Tenant.OpenTwoRegionsAsync();
        using var store = await _admin.PostAsJsonAsync("/api/v1/users", Person(scope: new { kind = "stores", stores = new[] { "N1", "N9" }, seesCost = false }));
        (await store.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("scope.stores").ShouldBe("scope_unknown");
        using var region = await _admin.PutAsJsonAsync($"/api/v1/users/{await IdAsync(Roles.Director)}", Edit(scope: new { kind = "regions", regions = new[] { "est" }, seesCost = false }));
        (await region.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("scope.regions").ShouldBe("scope_unknown");
    }

    [Fact]
    public async Task Faults_of_a_person_are_told_field_by_field()
    {
        using var response = await _admin.PostAsJsonAsync("/api/v1/users", new
        {
            name = " ",
            email = "x",
            password = "court",
            role = "roi",
            language = "de",
            scope = new { kind = "stores", stores = Array.Empty<string>(), seesCost = true },
        });
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem.CodeOf("name").ShouldBe("NotEmptyValidator");
        problem.CodeOf("email").ShouldBe("EmailValidator");
        problem.CodeOf("password").ShouldBe("password_short");
        problem.CodeOf("role").ShouldBe("role_unknown");
        problem.CodeOf("language").ShouldBe("language_unknown");
        problem.CodeOf("scope.stores").ShouldBe("scope_empty");
        problem.Errors!.Values.SelectMany(errors => errors).ShouldAllBe(error => error.Message != error.Code);
    }

    [Fact]
    public async Task Members_of_a_person_that_the_body_has_no_business_with_stay_as_they_are()
    {
        using var response = await _admin.PostAsJsonAsync("/api/v1/users", new
        {
            id = Guid.Empty,
            tenantId = Guid.Empty,
            active = false,
            passwordHash = "x",
            addedAt = "2001-01-01",
            name = "Nouvelle",
            email = "nouvelle@chaine.test",
            password = "quatre mots de plus",
            role = Roles.Analyst,
            language = "fr",
            scope = new { kind = "all", seesCost = true },
        });
        var added = await response.ShouldBeJsonAsync(HttpStatusCode.Created);
        added.GetProperty("id").GetGuid().ShouldNotBe(Guid.Empty);
        added.GetProperty("active").GetBoolean().ShouldBeTrue();
        added.GetProperty("addedAt").GetDateTimeOffset().Year.ShouldBeGreaterThan(2001);
    }

    [Fact]
    public async Task A_person_chooses_the_language_they_are_spoken_to_in()
    {
        var client = await Tenant.As(Roles.StoreManager);
        using var changed = await client.PutAsJsonAsync("/api/v1/me/preferences", new { language = "en" });
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("language").GetString().ShouldBe("en");
        using var refused = await client.GetAsync("/api/v1/users");
        (await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden")).Title.ShouldBe("Your role does not allow this.");
        using var unknown = await client.PutAsJsonAsync("/api/v1/me/preferences", new { language = "wo" });
        (await unknown.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("language").ShouldBe("language_unknown");
    }

    private static object Person(string email = "nouvelle@chaine.test", string role = Roles.Analyst, object? scope = null) => new
    {
        name = "Nouvelle",
        email,
        password = "quatre mots de plus",
        role,
        language = "fr",
        scope = scope ?? new { kind = "all", seesCost = true },
    };

    private static object Edit(string role = Roles.Analyst, object? scope = null, bool active = true) =>
        new { name = "Renommée", role, language = "fr", scope = scope ?? new { kind = "all", seesCost = true }, active };

    private async Task<JsonElement[]> ItemsAsync() => [.. (await _admin.GetJsonAsync("/api/v1/users")).GetProperty("items").EnumerateArray()];

    private async Task<string> IdAsync(string role) =>
        (await ItemsAsync()).Single(item => item.GetProperty("email").GetString() == TestTenant.EmailOf(role)).GetProperty("id").GetString()!;
}
