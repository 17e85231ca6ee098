using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

/// <summary>Against a provider in a process of its own, which lies when it is told to.</summary>
[Collection("identity provider")]
public sealed class ProviderSignInTests : IAsyncLifetime
{
    private static readonly string Email = TestTenant.EmailOf(Roles.Director);

    private ProviderChain _chain = null!;

    public async Task InitializeAsync()
    {
        _chain = await ProviderChain.NewAsync();
        await _chain.SetUpAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_person_comes_back_from_the_provider_signed_in()
    {
        var (landing, browser) = await _chain.SignInAsync("subject-1", Email);
        landing.ShouldBe("/");
        (await ProviderChain.EmailOfAsync(browser)).ShouldBe(Email);
        await using var app = await _chain.Tenant.Host.AsAppAsync(_chain.Tenant.Id.ToString());
        (await app.ScalarAsync<string[]>("SELECT array_agg(action ORDER BY number) FROM platform.audit_entry WHERE subject = $1", "user/" + Email))
            .ShouldBe(["sign-in-provider.bound", "session.started"]);
        (await app.ScalarAsync<string>("SELECT s.opened_by FROM tenancy.session s JOIN tenancy.app_user u USING (user_id) WHERE u.email = $1", Email)).ShouldBe("provider");
    }

    [Theory]
    [InlineData("wrong-nonce")]
    [InlineData("no-nonce")]
    [InlineData("wrong-audience")]
    [InlineData("two-audiences")]
    [InlineData("other-party")]
    [InlineData("wrong-issuer")]
    [InlineData("expired")]
    [InlineData("no-expiry")]
    [InlineData("issued-long-ago")]
    [InlineData("alg-none")]
    [InlineData("alg-hmac")]
    [InlineData("alg-mixed")]
    [InlineData("alg-rs512")]
    [InlineData("other-key")]
    [InlineData("key-in-header")]
    [InlineData("no-key-named")]
    [InlineData("unknown-key")]
    [InlineData("small-key")]
    [InlineData("encryption-key")]
    [InlineData("tampered")]
    public async Task A_token_that_is_not_as_it_has_to_be_signs_nobody_in(string fault)
    {
        var (landing, browser) = await _chain.SignInAsync("subject-1", Email, fault: fault);
        landing.ShouldBe("/?sign-in-error=token_invalid");
        using var refreshed = await browser.PostAsync("/api/v1/auth/refresh", null);
        refreshed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await using var app = await _chain.Tenant.Host.AsAppAsync(_chain.Tenant.Id.ToString());
        (await app.ScalarAsync<string>("SELECT after->>'reason' FROM platform.audit_entry WHERE action = 'session.refused'")).ShouldBe("token_invalid");
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.external_identity")).ShouldBe(0);
    }

    [Theory]
    [InlineData("denied", "provider_refused")]
    [InlineData("mix-up", "issuer_mismatch")]
    public async Task A_provider_that_says_no_or_speaks_for_another_signs_nobody_in(string fault, string code) =>
        (await _chain.SignInAsync("subject-1", Email, fault: fault)).Landing.ShouldBe("/?sign-in-error=" + code);

    [Fact]
    public async Task A_state_is_taken_once_and_from_the_browser_that_began()
    {
        await _chain.ExpectAsync("subject-1", Email);
        using var browser = _chain.Tenant.Anonymous();
        using var start = await browser.GetAsync("/api/v1/auth/oidc/start");
        var cookie = start.Headers.GetValues("Set-Cookie").Single();
        foreach (var attribute in new[] { "__Host-epm-provider=", "; path=/", "; secure", "; samesite=lax", "; httponly" })
            cookie.ShouldContain(attribute);
        var back = await TestProvider.VisitAsync(start.Headers.Location!);

        using var other = _chain.Tenant.Anonymous(cookies: true);
        await ProviderChain.GoAsync(other);
        (await LandAsync(other, back)).ShouldBe("/?sign-in-error=state_invalid", "another browser, with an attempt of its own");
        browser.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        (await LandAsync(browser, back)).ShouldBe("/");
        (await LandAsync(browser, back)).ShouldBe("/?sign-in-error=state_invalid", "the same again");
    }

    [Fact]
    public async Task An_attempt_is_good_for_ten_minutes_and_for_one_chain()
    {
        await _chain.ExpectAsync("subject-1", Email);
        using var browser = _chain.Tenant.Anonymous(cookies: true);
        var back = await ProviderChain.GoAsync(browser);
        _chain.Time.Advance(TimeSpan.FromMinutes(10));
        (await LandAsync(browser, back)).ShouldBe("/?sign-in-error=state_invalid");
    }

    [Fact]
    public async Task A_person_is_bound_to_the_providers_name_for_them_and_not_to_an_address_that_changes()
    {
        (await _chain.SignInAsync("subject-1", Email)).Landing.ShouldBe("/");
        var (landing, browser) = await _chain.SignInAsync("subject-1", TestTenant.EmailOf(Roles.Admin));
        landing.ShouldBe("/");
        (await ProviderChain.EmailOfAsync(browser)).ShouldBe(Email, "whatever address the provider tells now");
        (await _chain.SignInAsync("subject-2", Email)).Landing.ShouldBe("/?sign-in-error=bound_to_another", "another person of the provider's with the same address");
    }

    [Fact]
    public async Task Nobody_is_made_up_and_an_address_counts_only_if_it_was_verified()
    {
        (await _chain.SignInAsync("subject-1", "inconnue@chaine.test")).Landing.ShouldBe("/?sign-in-error=not_invited");
        (await _chain.SignInAsync("subject-1", Email, verified: false)).Landing.ShouldBe("/?sign-in-error=email_unverified");
        (await _chain.SignInAsync("subject-1", email: null)).Landing.ShouldBe("/?sign-in-error=email_unverified");
    }

    [Fact]
    public async Task Somebody_invited_accepts_by_coming_and_by_a_password_only_where_passwords_are_allowed()
    {
        (await _chain.SignInAsync("the-admin", TestTenant.EmailOf(Roles.Admin))).Landing.ShouldBe("/");
        await _chain.SetUpAsync(passwordsAllowed: false);
        var admin = await _chain.Tenant.As(Roles.Admin);
        using var invited = await admin.PostAsJsonAsync("/api/v1/invitations",
            new { name = "Coumba Sagna", email = "coumba@ailleurs.test", role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = false } });
        var link = (await invited.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("link").GetString()!;
        using var around = await _chain.Tenant.Anonymous().PostAsJsonAsync("/api/v1/invitations/accept",
            new { token = link[(link.LastIndexOf('#') + 1)..], password = "quatre mots autour de tout" });
        await around.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "password_sign_in_off");

        var (landing, browser) = await _chain.SignInAsync("subject-9", "Coumba@ailleurs.test");
        landing.ShouldBe("/");
        (await ProviderChain.EmailOfAsync(browser)).ShouldBe("coumba@ailleurs.test");
        var person = (await admin.GetJsonAsync("/api/v1/users")).GetProperty("items").EnumerateArray().Single(user => user.GetProperty("email").GetString() == "coumba@ailleurs.test");
        person.GetProperty("singleSignOn").GetBoolean().ShouldBeTrue();
        person.GetProperty("role").GetString().ShouldBe(Roles.Analyst);
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_found_and_so_is_a_secret_in_the_body()
    {
        (await _chain.SignInAsync("subject-1", Email)).Landing.ShouldBe("/");
        _chain.Time.Advance(TimeSpan.FromSeconds(31));
        (await _chain.SignInAsync("subject-1", Email, fault: "rotated")).Landing.ShouldBe("/");
        _chain.Time.Advance(TimeSpan.FromMinutes(11));
        (await _chain.SignInAsync("subject-1", Email, fault: "secret-in-body")).Landing.ShouldBe("/");
    }

    [Fact]
    public async Task Whoever_was_deactivated_is_not_let_in_by_the_provider_either()
    {
        (await _chain.SignInAsync("subject-1", Email)).Landing.ShouldBe("/");
        var admin = await _chain.Tenant.As(Roles.Admin);
        var person = (await admin.GetJsonAsync("/api/v1/users")).GetProperty("items").EnumerateArray().Single(user => user.GetProperty("email").GetString() == Email);
        using var edited = await admin.PutAsJsonAsync($"/api/v1/users/{person.GetProperty("id").GetString()}",
            new { name = "Parti", role = Roles.Director, language = "fr", scope = person.GetProperty("scope"), active = false });
        edited.StatusCode.ShouldBe(HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        (await _chain.SignInAsync("subject-1", Email)).Landing.ShouldBe("/?sign-in-error=deactivated");
    }

    private static async Task<string> LandAsync(HttpClient browser, Uri back)
    {
        using var answer = await browser.GetAsync(back);
        return answer.Headers.Location!.OriginalString;
    }
}
