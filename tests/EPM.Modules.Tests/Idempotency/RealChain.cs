using System.Net;
using System.Net.Http.Json;
using EPM.TestKit;

namespace EPM.Modules.Tests.Idempotency;

/// <summary>A chain that signed up at a host in a process of its own.</summary>
internal static class RealChain
{
    /// <returns>Its administrator's access token.</returns>
    public static async Task<string> SignUpAsync(HostProcess host, string slug)
    {
        using var apex = host.Client(slug: null);
        using var opened = await apex.PostAsJsonAsync("/api/v1/tenants", new
        {
            slug,
            name = "Chaîne",
            country = "SN",
            currency = "XOF",
            timeZone = "Africa/Dakar",
            language = "fr",
            admin = new { name = "Awa", email = "awa@chaine.test", password = TestTenant.Password },
        });
        opened.StatusCode.ShouldBe(HttpStatusCode.Created, await opened.Content.ReadAsStringAsync());
        using var client = host.Client(slug);
        using var session = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "awa@chaine.test", password = TestTenant.Password });
        return (await session.ShouldBeJsonAsync()).GetProperty("accessToken").GetString()!;
    }
}
