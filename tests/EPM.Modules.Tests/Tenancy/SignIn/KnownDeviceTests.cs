using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

public sealed class KnownDeviceTests : FeatureTest
{
    private const string Cookie = "__Host-epm-device";

    private static readonly string Email = TestTenant.EmailOf(Roles.Director);

    [Fact]
    public async Task Strangers_who_hammer_an_account_do_not_lock_its_owner_out()
    {
        var device = await DeviceOfAsync(Email);
        await HammerAsync(Email, device: null);
        using (var stranger = await AnswerAsync(Email, TestTenant.Password, device: null))
            await stranger.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
        using var owner = await AnswerAsync(Email, TestTenant.Password, device);
        owner.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var still = await AnswerAsync(Email, TestTenant.Password, device: null);
        await still.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
    }

    [Fact]
    public async Task A_known_device_has_ten_checks_of_its_own_and_no_more()
    {
        var device = await DeviceOfAsync(Email);
        await HammerAsync(Email, device);
        using var limited = await AnswerAsync(Email, TestTenant.Password, device);
        await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
        using var elsewhere = await AnswerAsync(Email, TestTenant.Password, device: null);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK, "the account's own budget was not touched");
    }

    [Fact]
    public async Task A_device_is_known_to_whoever_signed_in_from_it_and_to_no_other_account_or_chain()
    {
        var device = await DeviceOfAsync(Email);
        var other = TestTenant.EmailOf(Roles.Analyst);
        await HammerAsync(other, device: null);
        using (var stranger = await AnswerAsync(other, TestTenant.Password, device))
            await stranger.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");

        var next = await Host.NewTenantAsync();
        await HammerAsync(Email, device: null, next);
        using var there = await AnswerAsync(Email, TestTenant.Password, device, next);
        await there.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public async Task A_token_that_was_never_given_out_is_neither_known_nor_kept(string made)
    {
        using var response = await AnswerAsync(Email, TestTenant.Password, made);
        TokenOf(response).ShouldNotBe(made);
    }

    [Fact]
    public async Task People_who_share_a_browser_share_its_token_which_scripts_and_other_sites_do_not_see()
    {
        using var first = await AnswerAsync(Email, TestTenant.Password, device: null);
        var cookie = first.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(Cookie, StringComparison.Ordinal));
        foreach (var attribute in new[] { "; path=/", "; secure", "; samesite=strict", "; httponly", "; max-age=31536000" })
            cookie.ShouldContain(attribute);
        using var second = await AnswerAsync(TestTenant.EmailOf(Roles.Analyst), TestTenant.Password, TokenOf(first));
        TokenOf(second).ShouldBe(TokenOf(first));
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        var secret = System.Buffers.Text.Base64Url.DecodeFromChars(TokenOf(first));
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.known_device WHERE device_hash = sha256($1)", secret)).ShouldBe(2);
        (await app.ScalarAsync<long>("SELECT count(*) FROM tenancy.known_device WHERE device_hash = $1", secret)).ShouldBe(0);
    }

    private async Task<string> DeviceOfAsync(string email)
    {
        using var response = await AnswerAsync(email, TestTenant.Password, device: null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return TokenOf(response);
    }

    private async Task HammerAsync(string email, string? device, TestTenant? tenant = null)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await AnswerAsync(email, "pas le bon du tout", device, tenant);
            await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "credentials_invalid");
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(string email, string password, string? device, TestTenant? tenant = null)
    {
        using var client = (tenant ?? Tenant).Anonymous();
        if (device is not null)
            client.DefaultRequestHeaders.Add("Cookie", $"{Cookie}={device}");
        return await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password });
    }

    private static string TokenOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(Cookie, StringComparison.Ordinal))[(Cookie.Length + 1)..].Split(';')[0];
}
