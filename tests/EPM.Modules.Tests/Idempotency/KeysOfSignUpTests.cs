using System.Net;
using EPM.Platform.Idempotency;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Idempotency;

public sealed class KeysOfSignUpTests : FeatureTest
{
    private const string Tenants = "/api/v1/tenants";

    [Fact]
    public async Task A_chain_that_signs_up_again_under_its_key_has_signed_up_once()
    {
        using var apex = Host.Client(slug: null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var answer = await apex.PostKeyedAsync(Tenants, Chain($"k{Tenant.Slug}"), "key");
            return $"{(int)answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}";
        }));
        answers.ShouldAllBe(answer => answer == answers[0] && answer.StartsWith("201 ", StringComparison.Ordinal));
        using var other = await apex.PostKeyedAsync(Tenants, Chain($"k{Tenant.Slug}", password: "un autre mot de passe"), "key");
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        using var stranger = await apex.PostKeyedAsync(Tenants, Chain($"k{Tenant.Slug}"), "another key");
        await stranger.ShouldBeProblemAsync(HttpStatusCode.Conflict, "slug_taken");
        using var elsewhere = await apex.PostKeyedAsync(Tenants, Chain($"l{Tenant.Slug}"), "key");
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.Created, "keys of two chains have nothing to do with each other");
    }

    [Fact]
    public async Task Whoever_has_no_caller_is_given_nobodys_answer()
    {
        var body = new { email = TestTenant.EmailOf(Roles.Admin), password = TestTenant.Password };
        using var client = Tenant.Anonymous();
        using var first = await client.PostKeyedAsync("/api/v1/auth/sign-in", body, "key");
        using var second = await client.PostKeyedAsync("/api/v1/auth/sign-in", body, "key");
        second.Headers.Contains(IdempotencyKeys.ReplayedHeader).ShouldBeFalse();
        (await second.Content.ReadAsStringAsync()).ShouldNotBe(await first.Content.ReadAsStringAsync());
    }

    private static object Chain(string slug, string password = TestTenant.Password) => new
    {
        slug,
        name = "Chaîne",
        country = "SN",
        currency = "XOF",
        timeZone = "Africa/Dakar",
        language = "fr",
        admin = new { name = "Awa", email = "awa@chaine.test", password },
    };
}
