using System.Net;
using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

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
        user.GetProperty("permissions").EnumerateArray().Select(item => item.GetString()).ShouldBe(["catalogue.view", "dashboard.view", "stores.view"]);

        using var client = Host.Client(Tenant.Slug, body.GetProperty("accessToken").GetString());
        var me = await client.GetJsonAsync("/api/v1/me");
        me.GetProperty("user").ToString().ShouldBe(user.ToString());
        me.GetProperty("tenant").GetProperty("currencyDecimals").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_get_the_same_answer()
    {
        using var client = Tenant.Anonymous();
        using var wrong = await client.PostAsJsonAsync(Path, new { email = TestTenant.EmailOf(Roles.Analyst), password = "pas le bon du tout" });
        using var unknown = await client.PostAsJsonAsync(Path, new { email = "personne@chaine.test", password = "pas le bon du tout" });
        var first = await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "credentials_invalid");
        var second = await unknown.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "credentials_invalid");
        second.ShouldBe(first with { TraceId = second.TraceId });
    }
}
