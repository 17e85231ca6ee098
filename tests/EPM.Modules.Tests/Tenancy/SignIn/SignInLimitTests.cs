using System.Net;
using System.Net.Http.Json;
using EPM.Tenancy.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Tenancy.SignIn;

public sealed class SignInLimitTests
{
    [Fact]
    public async Task An_address_opens_a_hundred_chains_an_hour_at_most()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        using var apex = host.Client(null);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var taken = await apex.PostAsJsonAsync("/api/v1/tenants", Chain(tenant.Slug));
            taken.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        using var limited = await apex.PostAsJsonAsync("/api/v1/tenants", Chain("encore-une"));
        await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_up_limited");
        limited.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromHours(1));
        using var opened = await apex.PostAsJsonAsync("/api/v1/tenants", Chain("encore-une"));
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Refusals_are_in_the_trail_whoever_was_meant_and_the_limit_once_a_window()
    {
        var host = await EpmHost.SharedAsync();
        var tenant = await host.NewTenantAsync();
        using var client = tenant.Anonymous();
        client.DefaultRequestHeaders.UserAgent.ParseAdd("essai/1.0");
        for (var attempt = 0; attempt < 14; attempt++)
            (await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "Personne@chaine.test", password = "pas le bon du tout" })).Dispose();
        await using var app = await host.AsAppAsync(tenant.Id.ToString());
        var entries = await app.ScalarAsync<string[]>("SELECT array_agg(concat_ws(' ', action, subject, after->>'reason', agent) ORDER BY number) FROM platform.audit_entry WHERE action LIKE 'session.%'");
        entries.ShouldBe([.. Enumerable.Repeat("session.refused user/personne@chaine.test credentials_invalid essai/1.0", 10),
            "session.refused user/personne@chaine.test sign_in_limited essai/1.0"]);
        (await app.ScalarAsync<string>("SELECT string_agg(e::text, ' ') FROM platform.audit_entry e")).ShouldNotContain("pas le bon");
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002/64")]
    [InlineData("2001:db8:1:2:ffff::1", "20010db800010002/64")]
    public void Addresses_of_one_subscriber_have_one_budget(string address, string name) => SignInBudget.NameOf(IPAddress.Parse(address)).ShouldBe(name);

    private static object Chain(string slug) => new
    {
        slug,
        name = "Boutiques du Fleuve",
        country = "SN",
        currency = "XOF",
        timeZone = "Africa/Dakar",
        language = "fr",
        admin = new { name = "Awa Ndiaye", email = "dg@fleuve.sn", password = "la rive est belle" },
    };
}
