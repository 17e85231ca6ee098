using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class PasswordTests : FeatureTest
{
    private const string Next = "quatre mots tout neufs";

    [Fact]
    public async Task Changing_ones_password_ends_every_other_session_and_keeps_this_one()
    {
        var email = TestTenant.EmailOf(Roles.Director);
        using var here = await Tenant.SignInAsync(email);
        using var there = await Tenant.SignInAsync(email);
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var changed = await here.PutAsJsonAsync("/api/v1/me/password", new { current = TestTenant.Password, password = Next });
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await here.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Tenant.SignInBodyAsync(email, Next);
        using var anybody = Tenant.Anonymous();
        using var old = await anybody.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password = TestTenant.Password });
        await old.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "credentials_invalid");
    }

    [Fact]
    public async Task A_borrowed_browser_is_no_place_to_guess_the_password()
    {
        using var here = await Tenant.SignInAsync(TestTenant.EmailOf(Roles.Director));
        for (var guess = 0; guess < 10; guess++)
        {
            using var wrong = await here.PutAsJsonAsync("/api/v1/me/password", new { current = "mot " + guess, password = Next });
            await wrong.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "password_wrong");
        }
        using var limited = await here.PutAsJsonAsync("/api/v1/me/password", new { current = TestTenant.Password, password = Next });
        await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
    }

    [Fact]
    public async Task A_new_password_is_long_enough_and_not_common()
    {
        using var here = await Tenant.SignInAsync(TestTenant.EmailOf(Roles.Director));
        using var refused = await here.PutAsJsonAsync("/api/v1/me/password", new { current = TestTenant.Password, password = "password1" });
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("password").ShouldBe("password_common");
    }

    [Fact]
    public async Task A_link_from_the_administrator_sets_a_password_once_and_ends_all_sessions()
    {
        var (admin, email) = (await Tenant.As(Roles.Admin), TestTenant.EmailOf(Roles.Analyst));
        using var person = await Tenant.SignInAsync(email);
        var id = (await person.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("id").GetString();
        var replaced = await LinkAsync(admin, id);
        var token = await LinkAsync(admin, id);
        (await person.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK, "a link takes nothing away until it is used");

        using var anybody = Tenant.Anonymous();
        (await anybody.GetJsonAsync("/api/v1/password-links/open?token=" + token)).GetProperty("email").GetString().ShouldBe(email);
        using var older = await UseAsync(anybody, replaced);
        await older.ShouldBeProblemAsync(HttpStatusCode.NotFound, "password_link_gone");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => UseAsync(anybody, token)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound).ShouldBe(4);
        (await person.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Tenant.SignInBodyAsync(email, Next);
    }

    [Fact]
    public async Task A_password_link_expires_after_a_day_and_dies_with_the_account()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        using var person = await tenant.SignInAsync(TestTenant.EmailOf(Roles.Analyst));
        var id = (await person.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("id").GetString();
        var token = await LinkAsync(admin, id);
        using var edited = await admin.PutAsJsonAsync("/api/v1/users/" + id, new { name = "A", role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = true }, active = false });
        edited.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var anybody = tenant.Anonymous();
        using var inactive = await UseAsync(anybody, token);
        await inactive.ShouldBeProblemAsync(HttpStatusCode.NotFound, "password_link_gone");
        using var again = await admin.PostAsync($"/api/v1/users/{id}/password-link", null);
        await again.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "user_inactive");

        var director = (await (await tenant.As(Roles.Director)).GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("id").GetString();
        var other = await LinkAsync(admin, director);
        clock.Advance(TimeSpan.FromHours(24));
        using var late = await UseAsync(anybody, other);
        await late.ShouldBeProblemAsync(HttpStatusCode.NotFound, "password_link_gone");
    }

    private static async Task<string> LinkAsync(HttpClient admin, string? id)
    {
        using var made = await admin.PostAsync($"/api/v1/users/{id}/password-link", null);
        return new Uri((await made.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("link").GetString()!).Fragment[1..];
    }

    private static Task<HttpResponseMessage> UseAsync(HttpClient client, string token) => client.PostAsJsonAsync("/api/v1/password-links/use", new { token, password = Next });
}
