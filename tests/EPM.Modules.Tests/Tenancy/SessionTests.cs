using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy;

public sealed class SessionTests : FeatureTest
{
    private const string Cookie = "__Host-epm-refresh";

    [Fact]
    public async Task The_refresh_cookie_is_out_of_reach_for_scripts_other_sites_and_sibling_subdomains()
    {
        using var client = Tenant.Anonymous();
        using var response = await SignInAsync(client);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(Cookie, StringComparison.Ordinal));
        cookie.ShouldStartWith(Cookie + "=");
        foreach (var attribute in new[] { "; path=/", "; secure", "; samesite=strict", "; httponly" })
            cookie.ShouldContain(attribute);
        cookie.ShouldNotContain("domain", Case.Insensitive);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain(TokenOf(response));
    }

    [Fact]
    public async Task A_browser_stays_signed_in_by_rotating_its_token()
    {
        using var browser = Tenant.Anonymous(cookies: true);
        using var signedIn = await SignInAsync(browser);
        var seen = new HashSet<string>(StringComparer.Ordinal) { TokenOf(signedIn) };
        for (var turn = 0; turn < 3; turn++)
        {
            using var refreshed = await browser.PostAsync("/api/v1/auth/refresh", null);
            var body = await refreshed.ShouldBeJsonAsync();
            body.GetProperty("user").GetProperty("role").GetString().ShouldBe(Roles.Director);
            seen.Add(TokenOf(refreshed)).ShouldBeTrue("each token is new");
            using var client = Host.Client(Tenant.Slug, body.GetProperty("accessToken").GetString());
            (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Tokens_are_hashed_at_rest()
    {
        using var client = Tenant.Anonymous();
        using var signedIn = await SignInAsync(client);
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        var secret = System.Buffers.Text.Base64Url.DecodeFromChars(TokenOf(signedIn));
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.refresh_token WHERE token_hash = $1 OR nonce = $1", secret)).ShouldBe(0);
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.refresh_token WHERE token_hash = sha256($1)", secret)).ShouldBe(1);
    }

    [Fact]
    public async Task Parallel_refreshes_leave_one_lineage_and_everybody_signed_in()
    {
        using var client = Tenant.Anonymous();
        using var signedIn = await SignInAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshAsync(client, TokenOf(signedIn))));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        var next = answers.Select(TokenOf).Distinct().ShouldHaveSingleItem();
        using var again = await RefreshAsync(client, next);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.refresh_token WHERE replaced_at IS NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task The_token_just_replaced_is_answered_for_ten_seconds_and_then_ends_the_family()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        using var client = tenant.Anonymous();
        using var signedIn = await SignInAsync(client);
        using var second = await RefreshAsync(client, TokenOf(signedIn));
        clock.Advance(TimeSpan.FromSeconds(10));
        using var inTime = await RefreshAsync(client, TokenOf(signedIn));
        TokenOf(inTime).ShouldBe(TokenOf(second));

        clock.Advance(TimeSpan.FromSeconds(1));
        await EndedAsync(client, TokenOf(signedIn));
        await EndedAsync(client, TokenOf(second));
    }

    [Fact]
    public async Task An_older_token_ends_the_family_at_once_and_its_access_tokens_with_it()
    {
        using var client = Tenant.Anonymous();
        using var first = await SignInAsync(client);
        using var other = await SignInAsync(client);
        using var second = await RefreshAsync(client, TokenOf(first));
        using var third = await RefreshAsync(client, TokenOf(second));
        var access = (await third.ShouldBeJsonAsync()).GetProperty("accessToken").GetString();
        using var holder = Host.Client(Tenant.Slug, access);
        (await holder.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await EndedAsync(client, TokenOf(first));
        await EndedAsync(client, TokenOf(third));
        using var me = await holder.GetAsync("/api/v1/me");
        await me.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not_signed_in");
        using var unharmed = await RefreshAsync(client, TokenOf(other));
        unharmed.StatusCode.ShouldBe(HttpStatusCode.OK, "another device's session is another family");
    }

    [Fact]
    public async Task A_session_not_used_for_two_weeks_has_ended_and_none_outlives_ninety_days()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        using var client = tenant.Anonymous();
        using var idle = await SignInAsync(client);
        using var busy = await SignInAsync(client);
        var token = TokenOf(busy);
        for (var day = 0; day < 91; day += 13)
        {
            using var refreshed = await RefreshAsync(client, token);
            refreshed.StatusCode.ShouldBe(HttpStatusCode.OK, $"day {day}");
            token = TokenOf(refreshed);
            clock.Advance(TimeSpan.FromDays(13));
        }
        await EndedAsync(client, TokenOf(idle));
        await EndedAsync(client, token);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_now_and_clears_the_cookie()
    {
        using var browser = Tenant.Anonymous(cookies: true);
        using var signedIn = await SignInAsync(browser);
        var access = (await signedIn.ShouldBeJsonAsync()).GetProperty("accessToken").GetString();
        using var holder = Host.Client(Tenant.Slug, access);
        (await holder.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var signedOut = await browser.PostAsync("/api/v1/auth/sign-out", null);
        signedOut.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        signedOut.Headers.GetValues("Set-Cookie").Single().ShouldContain("expires=Thu, 01 Jan 1970");
        (await holder.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await EndedAsync(browser, TokenOf(signedIn));
        using var again = await browser.PostAsync("/api/v1/auth/sign-out", null);
        again.StatusCode.ShouldBe(HttpStatusCode.NoContent, "signing out twice is no fault");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "https://voisin.localhost")]
    [InlineData("Origin", "null")]
    public async Task Another_site_can_neither_refresh_nor_sign_anybody_in_or_out(string header, string value)
    {
        using var browser = Tenant.Anonymous(cookies: true);
        using var signedIn = await SignInAsync(browser);
        browser.DefaultRequestHeaders.Add(header, value);
        foreach (var path in new[] { "/api/v1/auth/refresh", "/api/v1/auth/sign-out", "/api/v1/auth/sign-in" })
        {
            using var response = await browser.PostAsJsonAsync(path, new { email = "a@b.sn", password = "peu importe" });
            await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross_site");
        }
    }

    [Fact]
    public async Task The_own_page_may_refresh()
    {
        using var browser = Tenant.Anonymous(cookies: true);
        using var signedIn = await SignInAsync(browser);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        browser.DefaultRequestHeaders.Add("Origin", $"https://{Tenant.Slug}.localhost");
        (await browser.PostAsync("/api/v1/auth/refresh", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public async Task A_token_that_never_was_opens_nothing(string token)
    {
        using var client = Tenant.Anonymous();
        await EndedAsync(client, token);
    }

    [Fact]
    public async Task A_refresh_token_is_of_one_chain()
    {
        using var here = Tenant.Anonymous();
        using var signedIn = await SignInAsync(here);
        var other = await Host.NewTenantAsync();
        using var there = other.Anonymous();
        await EndedAsync(there, TokenOf(signedIn));
        using var stillHere = await RefreshAsync(here, TokenOf(signedIn));
        stillHere.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client) =>
        client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = TestTenant.EmailOf(Roles.Director), password = TestTenant.Password });

    private static async Task<HttpResponseMessage> RefreshAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/refresh");
        request.Headers.Add("Cookie", $"{Cookie}={token}");
        return await client.SendAsync(request);
    }

    private static async Task EndedAsync(HttpClient client, string token)
    {
        using var response = await RefreshAsync(client, token);
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session_ended");
    }

    private static string TokenOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal))[(Cookie.Length + 1)..].Split(';')[0];
}
