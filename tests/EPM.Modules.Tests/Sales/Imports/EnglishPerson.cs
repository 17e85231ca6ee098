using System.Net.Http.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>Somebody of a French chain who works in English.</summary>
internal static class EnglishPerson
{
    public static async Task<HttpClient> SignInAsync(TestTenant tenant)
    {
        using var added = await (await tenant.As(Roles.Admin)).PostAsJsonAsync("/api/v1/users", new
        {
            name = "Jane",
            email = "jane@chaine.test",
            password = TestTenant.Password,
            role = Roles.Analyst,
            language = "en",
            scope = new { kind = "all", regions = Array.Empty<string>(), stores = Array.Empty<string>(), seesCost = true },
        });
        added.EnsureSuccessStatusCode();
        return await tenant.SignInAsync("jane@chaine.test");
    }
}
