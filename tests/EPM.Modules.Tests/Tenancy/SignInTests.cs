using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Modules.Tests.Tenancy;

public sealed class SignInTests : FeatureTest
{
    private const string Path = "/api/v1/auth/sign-in";

    [Fact]
    public async Task A_person_signs_in_and_is_told_who_they_are_and_what_they_may_do()
    {
        var body = await Tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.StoreManager));
        body.GetProperty("expiresIn").GetInt32().ShouldBeLessThanOrEqualTo(15 * 60);
        var user = body.GetProperty("user");
        user.GetProperty("role").GetString().ShouldBe("store-manager");
        user.GetProperty("scope").GetProperty("kind").GetString().ShouldBe("all");
        user.GetProperty("permissions").EnumerateArray().Select(item => item.GetString()).ShouldBe(["catalogue.view", "dashboard.view", "forecasts.edit", "forecasts.view", "stores.view"]);

        using var client = Host.Client(Tenant.Slug, body.GetProperty("accessToken").GetString());
        var me = await client.GetJsonAsync("/api/v1/me");
        me.GetProperty("user").ToString().ShouldBe(user.ToString());
        me.GetProperty("tenant").GetProperty("currencyDecimals").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_get_the_same_answer()
    {
        var wrong = await RefusedAsync(Tenant, TestTenant.EmailOf(Roles.Analyst), "pas le bon du tout", "credentials_invalid");
        var unknown = await RefusedAsync(Tenant, "personne@chaine.test", "pas le bon du tout", "credentials_invalid");
        unknown.ShouldBe(wrong with { TraceId = unknown.TraceId });
    }

    [Fact]
    public async Task An_unknown_person_costs_the_same_check_as_a_known_one()
    {
        using var hasher = new PasswordHasher(new PasswordCost(1_000));
        (await hasher.CheckAsync("quoi que ce soit", stored: null, default)).ShouldBe(PasswordCheck.Wrong);
        // The stand-in's own bytes, too, open nothing.
        var hash = await hasher.HashAsync("quoi que ce soit", default);
        (await hasher.CheckAsync("quoi que ce soit", hash, default)).ShouldBe(PasswordCheck.Right);
    }

    [Fact]
    public void Deployments_check_passwords_with_at_least_the_iterations_that_owasp_asks() =>
        PasswordCost.Production.Iterations.ShouldBeGreaterThanOrEqualTo(220_000);

    [Fact]
    public async Task Another_chains_person_is_unknown_here()
    {
        var other = await Host.NewTenantAsync();
        await (await other.As(Roles.Admin)).PostAsJsonAsync("/api/v1/users", new
        {
            name = "Ailleurs",
            email = "ailleurs@chaine.test",
            password = "quatre mots ailleurs",
            role = Roles.Analyst,
            language = "fr",
            scope = new { kind = "all", seesCost = false },
        });
        await RefusedAsync(Tenant, "ailleurs@chaine.test", "quatre mots ailleurs", "credentials_invalid");
    }

    [Fact]
    public async Task Ten_checks_an_account_and_the_eleventh_waits_for_the_window_even_with_the_right_password()
    {
        var clock = new TestClock();
        await using var host = await EpmHost.StartAsync(clock);
        var tenant = await host.NewTenantAsync();
        var email = TestTenant.EmailOf(Roles.Director);
        for (var attempt = 0; attempt < 10; attempt++)
            await RefusedAsync(tenant, email, "pas le bon du tout", "credentials_invalid");

        using var client = tenant.Anonymous();
        using var limited = await client.PostAsJsonAsync(Path, new { email, password = TestTenant.Password });
        var problem = await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
        problem.Title.ShouldBe("Trop d’essais. Réessayez dans 15 min.");
        limited.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromMinutes(15));
        (await tenant.SignInBodyAsync(TestTenant.EmailOf(Roles.Analyst))).ShouldNotBe(default, "others are not held up");

        clock.Advance(TimeSpan.FromMinutes(15));
        (await tenant.SignInBodyAsync(email)).ShouldNotBe(default);
    }

    [Fact]
    public async Task Guesses_in_parallel_do_not_get_more_checks()
    {
        using var client = Tenant.Anonymous();
        var email = TestTenant.EmailOf(Roles.Integrator);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.PostAsJsonAsync(Path, new { email, password = "pas le bon du tout" })));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(10);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(6);
    }

    [Fact]
    public async Task An_address_that_guesses_across_a_hundred_accounts_is_stopped_and_a_forwarded_address_does_not_help_it()
    {
        using var client = Tenant.Anonymous();
        for (var person = 0; person < 100; person++)
        {
            client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            client.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.0.0.{person}");
            using var guess = await client.PostAsJsonAsync(Path, new { email = $"personne{person}@chaine.test", password = "pas le bon du tout" });
            guess.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using var limited = await client.PostAsJsonAsync(Path, new { email = "personne@chaine.test", password = "pas le bon du tout" });
        await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
    }

    [Fact]
    public async Task A_right_password_costs_nothing_and_gives_back_nothing_that_others_spent()
    {
        var email = TestTenant.EmailOf(Roles.Admin);
        for (var attempt = 0; attempt < 9; attempt++)
            await RefusedAsync(Tenant, email, "pas le bon du tout", "credentials_invalid");
        for (var time = 0; time < 3; time++)
            await Tenant.SignInBodyAsync(email);
        await RefusedAsync(Tenant, email, "pas le bon du tout", "credentials_invalid");
        using var client = Tenant.Anonymous();
        using var limited = await client.PostAsJsonAsync(Path, new { email, password = "pas le bon du tout" });
        await limited.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "sign_in_limited");
    }

    [Fact]
    public async Task A_password_hashed_with_less_work_is_hashed_anew_at_the_next_sign_in()
    {
        var email = TestTenant.EmailOf(Roles.Director);
        var before = await HashOfAsync(email);
        await using var stronger = await EpmHost.StartAsync(connection: Host.Connection, services: services =>
            services.Replace(ServiceDescriptor.Singleton(new PasswordCost(2_000))));
        await new TestTenant(stronger, Tenant.Info).SignInBodyAsync(email);

        var after = await HashOfAsync(email);
        before.ShouldStartWith("pbkdf2-sha512$1000$");
        after.ShouldStartWith("pbkdf2-sha512$2000$");
        await new TestTenant(stronger, Tenant.Info).SignInBodyAsync(email);
        (await HashOfAsync(email)).ShouldBe(after, "it is strong enough now");
    }

    [Fact]
    public async Task Demonstration_accounts_are_shown_in_development_and_closed_elsewhere()
    {
        await using var development = await EpmHost.StartAsync();
        var demo = await development.NewTenantAsync(DemoTenant.Slug, demo: true);
        var shown = (await demo.Anonymous().GetJsonAsync("/api/v1/site")).GetProperty("demoSignIns");
        shown.EnumerateArray().Select(item => item.GetProperty("role").GetString()).ShouldBe(Roles.All, ignoreOrder: true);
        var token = (await demo.SignInBodyAsync(TestTenant.EmailOf(Roles.Director))).GetProperty("accessToken").GetString();

        await using var production = await EpmHost.StartAsync(development: false, connection: development.Connection);
        var there = new TestTenant(production, demo.Info);
        (await there.Anonymous().GetJsonAsync("/api/v1/site")).GetProperty("demoSignIns").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await RefusedAsync(there, TestTenant.EmailOf(Roles.Director), TestTenant.Password, "demo_closed");
        using var client = production.Client(DemoTenant.Slug, token);
        using var me = await client.GetAsync("/api/v1/me");
        await me.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not_signed_in");
    }

    private static async Task<Problem> RefusedAsync(TestTenant tenant, string email, string password, string code)
    {
        using var client = tenant.Anonymous();
        using var response = await client.PostAsJsonAsync(Path, new { email, password });
        return await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, code);
    }

    private async Task<string> HashOfAsync(string email)
    {
        await using var app = await Host.AsAppAsync(Tenant.Id.ToString());
        return await app.ScalarAsync<string>("SELECT password_hash FROM tenancy.app_user WHERE email = $1", email);
    }
}
