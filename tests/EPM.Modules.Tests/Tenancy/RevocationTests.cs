using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

/// <summary>Two hosts on one database: what ends access on one is known to the other five seconds later (TRUST T09).</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private EpmHost _here = null!;
    private EpmHost _there = null!;
    private TestTenant _tenant = null!;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _here = await EpmHost.StartAsync(_clock);
        _there = await EpmHost.StartAsync(_clock, connection: _here.Connection);
        _tenant = await _here.NewTenantAsync();
        _admin = await _tenant.As(Roles.Admin);
    }

    public async Task DisposeAsync()
    {
        await _there.DisposeAsync();
        await _here.DisposeAsync();
    }

    [Fact]
    public Task Signing_out() => EndsAsync(async (person, _) => await person.PostAsync("/api/v1/auth/sign-out", null));

    [Fact]
    public Task Deactivating() => EndsAsync((_, id) => EditAsync(id, Roles.Director, active: false));

    [Fact]
    public Task Ending_all_sessions() => EndsAsync((_, id) => _admin.DeleteAsync($"/api/v1/users/{id}/sessions"));

    [Fact]
    public Task A_new_password_set_by_link() => EndsAsync(async (_, id) =>
    {
        using var made = await _admin.PostAsync($"/api/v1/users/{id}/password-link", null);
        var link = (await made.ShouldBeJsonAsync(HttpStatusCode.Created)).GetProperty("link").GetString()!;
        using var anybody = _tenant.Anonymous();
        return await anybody.PostAsJsonAsync("/api/v1/password-links/use", new { token = link.Split('#')[1], password = "quatre mots tout neufs" });
    });

    [Fact]
    public async Task A_role_that_was_taken_away_opens_nothing_there_five_seconds_later()
    {
        var (here, there, id) = await SignInAsync();
        (await here.GetAsync("/api/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/api/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var edited = await EditAsync(id, Roles.StoreManager, active: true);
        edited.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await here.GetAsync("/api/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await there.GetAsync("/api/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_preview_ends_there_with_the_session_it_was_opened_from()
    {
        var (_, _, id) = await SignInAsync();
        using var admin = await _tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin));
        using var seen = await admin.PostAsync($"/api/v1/users/{id}/see-as", null);
        using var preview = _there.Client(_tenant.Slug, (await seen.ShouldBeJsonAsync()).GetProperty("accessToken").GetString());
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var signedOut = await admin.PostAsync("/api/v1/auth/sign-out", null);
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await preview.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task EndsAsync(Func<HttpClient, string, Task<HttpResponseMessage>> end)
    {
        var (here, there, id) = await SignInAsync();
        foreach (var client in new[] { here, there })
            (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var ended = await end(here, id);
        ended.IsSuccessStatusCode.ShouldBeTrue(await ended.Content.ReadAsStringAsync());
        (await here.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "here at once");
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "there five seconds later");
    }

    private async Task<(HttpClient Here, HttpClient There, string Id)> SignInAsync()
    {
        var body = await _tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Director));
        var token = body.GetProperty("accessToken").GetString();
        return (_here.Client(_tenant.Slug, token), _there.Client(_tenant.Slug, token), body.GetProperty("user").GetProperty("id").GetString()!);
    }

    private Task<HttpResponseMessage> EditAsync(string id, string role, bool active) =>
        _admin.PutAsJsonAsync("/api/v1/users/" + id, new { name = "Renommée", role, language = "fr", scope = new { kind = "all", seesCost = true }, active });
}
