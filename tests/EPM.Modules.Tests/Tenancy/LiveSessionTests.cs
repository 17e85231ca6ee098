using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class LiveSessionTests : FeatureTest
{
    [Fact]
    public async Task A_person_sees_their_sessions_and_ends_one_of_them()
    {
        var email = TestTenant.EmailOf(Roles.Director);
        using var here = await Tenant.SignInAsync(email);
        using var phone = Tenant.Anonymous();
        phone.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Téléphone " + new string('x', 500));
        using var signedIn = await phone.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password = TestTenant.Password });
        using var there = Host.Client(Tenant.Slug, (await signedIn.ShouldBeJsonAsync()).GetProperty("accessToken").GetString());

        var items = await ItemsAsync(here, "/api/v1/me/sessions");
        items.Length.ShouldBe(2);
        items.Select(item => item.GetProperty("current").GetBoolean()).ShouldBe([false, true], "newest first");
        items[0].GetProperty("agent").GetString()!.Length.ShouldBeInRange(10, 200);
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var path = "/api/v1/me/sessions/" + items[0].GetProperty("session").GetString();
        (await here.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ItemsAsync(here, "/api/v1/me/sessions")).Length.ShouldBe(1);
        using var again = await here.DeleteAsync(path);
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Nobody_ends_anothers_session_as_their_own()
    {
        using var director = await Tenant.SignInAsync(TestTenant.EmailOf(Roles.Director));
        var theirs = (await ItemsAsync(await Tenant.As(Roles.Analyst), "/api/v1/me/sessions"))[0].GetProperty("session").GetString();
        using var refused = await director.DeleteAsync("/api/v1/me/sessions/" + theirs);
        await refused.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var forbidden = await director.GetAsync($"/api/v1/users/{Guid.Empty}/sessions");
        await forbidden.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task An_administrator_ends_one_session_of_a_person_or_all()
    {
        var (admin, email) = (await Tenant.As(Roles.Admin), TestTenant.EmailOf(Roles.Director));
        using var one = await Tenant.SignInAsync(email);
        using var two = await Tenant.SignInAsync(email);
        using var three = await Tenant.SignInAsync(email);
        var id = (await one.GetJsonAsync("/api/v1/me")).GetProperty("user").GetProperty("id").GetString();
        var path = $"/api/v1/users/{id}/sessions";
        var newest = (await ItemsAsync(admin, path))[0].GetProperty("session").GetString();
        (await admin.DeleteAsync($"{path}/{newest}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await three.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await two.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (var client in new[] { one, two })
            (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ItemsAsync(admin, path)).ShouldBeEmpty();
        (await admin.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_somebody_was_last_here_is_told_by_their_refreshes()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        using var browser = tenant.Anonymous(cookies: true);
        using var signedIn = await browser.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = TestTenant.EmailOf(Roles.Analyst), password = TestTenant.Password });
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromHours(3));
        using var refreshed = await browser.PostAsync("/api/v1/auth/refresh", null);
        refreshed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var people = (await (await tenant.As(Roles.Admin)).GetJsonAsync("/api/v1/users")).GetProperty("items").EnumerateArray().ToArray();
        Person(people, Roles.Analyst).GetProperty("lastSeenAt").GetDateTimeOffset().ShouldBe(clock.GetUtcNow());
        Person(people, Roles.Director).GetProperty("lastSeenAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static JsonElement Person(IEnumerable<JsonElement> people, string role) => people.Single(person => person.GetProperty("role").GetString() == role);

    private static async Task<JsonElement[]> ItemsAsync(HttpClient client, string path) => [.. (await client.GetJsonAsync(path)).GetProperty("items").EnumerateArray()];
}
