using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class InvitationTests : FeatureTest
{
    private const string Password = "quatre mots de plus";

    private HttpClient _admin = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _admin = await Tenant.As(Roles.Admin);
    }

    [Fact]
    public async Task An_invitation_is_a_link_that_makes_a_person_once()
    {
        var invited = await InviteAsync();
        invited.GetProperty("mailed").GetBoolean().ShouldBeFalse("mail is off");
        var link = new Uri(invited.GetProperty("link").GetString()!);
        link.GetLeftPart(UriPartial.Path).ShouldBe($"https://{Tenant.Slug}.localhost/invitation");
        var token = link.Fragment[1..];

        using var anybody = Tenant.Anonymous(cookies: true);
        var welcome = await anybody.GetJsonAsync("/api/v1/invitations/open?token=" + token);
        welcome.ToString().ShouldBe($$"""{"chain":"{{Tenant.Info.Name}}","name":"Awa Sow","email":"awa@chaine.test","language":"en"}""");
        using var accepted = await AcceptAsync(anybody, token);
        var user = (await accepted.ShouldBeJsonAsync()).GetProperty("user");
        user.GetProperty("role").GetString().ShouldBe(Roles.Analyst);
        user.GetProperty("scope").GetProperty("seesCost").GetBoolean().ShouldBeFalse();
        using var refreshed = await anybody.PostAsync("/api/v1/auth/refresh", null);
        refreshed.StatusCode.ShouldBe(HttpStatusCode.OK, "accepting signs in");
        await Tenant.SignInBodyAsync("awa@chaine.test", Password);

        using var again = await AcceptAsync(anybody, token);
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
        using var opened = await anybody.GetAsync("/api/v1/invitations/open?token=" + token);
        await opened.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
        (await StateAsync(invited)).ShouldBe("accepted");
    }

    [Fact]
    public async Task Of_ten_who_accept_at_once_one_gets_in()
    {
        var token = TokenOf(await InviteAsync());
        using var anybody = Tenant.Anonymous();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AcceptAsync(anybody, token)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
            await refused.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
    }

    [Fact]
    public async Task The_database_holds_nothing_that_opens_an_invitation()
    {
        var token = TokenOf(await InviteAsync());
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.invitation i WHERE i::text LIKE '%' || $1 || '%'", token)).ShouldBe(0);
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.invitation WHERE token_hash = sha256($1)", System.Buffers.Text.Base64Url.DecodeFromChars(token))).ShouldBe(1);
        (await app.ScalarAsync<long>("SELECT count(*) FROM platform.audit_entry e WHERE e::text LIKE '%' || $1 || '%'", token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_week_later_it_has_expired_and_a_renewed_link_replaces_the_old_one()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        var admin = await tenant.As(Roles.Admin);
        using var made = await admin.PostAsJsonAsync("/api/v1/invitations", Invitation());
        var invited = await made.ShouldBeJsonAsync(HttpStatusCode.Created);
        invited.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(clock.GetUtcNow().AddDays(7));
        clock.Advance(TimeSpan.FromDays(7));
        using var anybody = tenant.Anonymous();
        using var late = await AcceptAsync(anybody, TokenOf(invited));
        await late.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");

        using var back = await tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin));
        var path = "/api/v1/invitations/" + invited.GetProperty("id").GetString();
        (await back.GetJsonAsync("/api/v1/invitations")).GetProperty("items")[0].GetProperty("state").GetString().ShouldBe("expired");
        var first = TokenOf(await (await back.PostAsync(path + "/renew", null)).ShouldBeJsonAsync());
        var second = TokenOf(await (await back.PostAsync(path + "/renew", null)).ShouldBeJsonAsync());
        using var replaced = await AcceptAsync(anybody, first);
        await replaced.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
        using var accepted = await AcceptAsync(anybody, second);
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_withdrawn_invitation_opens_nothing_and_makes_room_for_another()
    {
        var invited = await InviteAsync();
        using var twice = await _admin.PostAsJsonAsync("/api/v1/invitations", Invitation());
        await twice.ShouldBeProblemAsync(HttpStatusCode.Conflict, "invitation_pending");
        var path = "/api/v1/invitations/" + invited.GetProperty("id").GetString();
        (await _admin.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StateAsync(invited)).ShouldBe("withdrawn");
        using var anybody = Tenant.Anonymous();
        using var late = await AcceptAsync(anybody, TokenOf(invited));
        await late.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
        using var renewed = await _admin.PostAsync(path + "/renew", null);
        await renewed.ShouldBeProblemAsync(HttpStatusCode.Conflict, "invitation_closed");
        await InviteAsync();
    }

    [Fact]
    public async Task Whoever_is_no_administrator_any_more_leaves_no_open_link_behind()
    {
        using var second = await Tenant.As(Roles.Admin, DataScope.Everything);
        using var made = await second.PostAsJsonAsync("/api/v1/invitations", Invitation());
        var invited = await made.ShouldBeJsonAsync(HttpStatusCode.Created);
        var me = (await second.GetJsonAsync("/api/v1/me")).GetProperty("user");
        using var demoted = await _admin.PutAsJsonAsync("/api/v1/users/" + me.GetProperty("id").GetString(),
            new { name = "Autre", role = Roles.Analyst, language = "fr", scope = new { kind = "all", seesCost = true }, active = true });
        demoted.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var anybody = Tenant.Anonymous();
        using var late = await AcceptAsync(anybody, TokenOf(invited));
        await late.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
        (await StateAsync(invited)).ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Nobody_is_invited_under_an_address_that_is_taken_or_into_a_region_that_is_not_there()
    {
        using var taken = await _admin.PostAsJsonAsync("/api/v1/invitations", Invitation(email: TestTenant.EmailOf(Roles.Director).ToUpperInvariant()));
        await taken.ShouldBeProblemAsync(HttpStatusCode.Conflict, "email_taken");
        using var nowhere = await _admin.PostAsJsonAsync("/api/v1/invitations", Invitation(scope: new { kind = "regions", regions = new[] { "NULLE" }, seesCost = true }));
        (await nowhere.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).CodeOf("scope.regions").ShouldBe("scope_unknown");
        await Tenant.AddRegionAsync("SUD");
        using var somewhere = await _admin.PostAsJsonAsync("/api/v1/invitations", Invitation(scope: new { kind = "regions", regions = new[] { "SUD" }, seesCost = true }));
        somewhere.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_link_of_one_chain_opens_nothing_in_another()
    {
        var token = TokenOf(await InviteAsync());
        var other = await Host.NewTenantAsync();
        using var there = other.Anonymous();
        using var opened = await there.GetAsync("/api/v1/invitations/open?token=" + token);
        await opened.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
        using var accepted = await AcceptAsync(there, token);
        await accepted.ShouldBeProblemAsync(HttpStatusCode.NotFound, "invitation_gone");
    }

    private static object Invitation(string email = "Awa@chaine.test", object? scope = null) =>
        new { name = "Awa Sow", email, role = Roles.Analyst, language = "en", scope = scope ?? new { kind = "all", seesCost = false } };

    private async Task<JsonElement> InviteAsync()
    {
        using var response = await _admin.PostAsJsonAsync("/api/v1/invitations", Invitation());
        return await response.ShouldBeJsonAsync(HttpStatusCode.Created);
    }

    private async Task<string?> StateAsync(JsonElement invited) =>
        (await _admin.GetJsonAsync("/api/v1/invitations")).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("id").GetString() == invited.GetProperty("id").GetString()).GetProperty("state").GetString();

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient client, string token) =>
        client.PostAsJsonAsync("/api/v1/invitations/accept", new { token, password = Password });

    private static string TokenOf(JsonElement invited) => new Uri(invited.GetProperty("link").GetString()!).Fragment[1..];
}
