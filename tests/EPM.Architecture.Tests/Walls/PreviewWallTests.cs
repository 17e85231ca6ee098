using System.Net;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Architecture.Tests.Walls;

/// <summary>An administrator's eyes in a preview: every route is called for real, so a new one is covered unasked.</summary>
public sealed class PreviewWallTests
{
    [Fact]
    public async Task A_preview_reads_everything_that_the_person_may_and_changes_nothing_by_any_route()
    {
        var host = await EpmHost.SharedAsync();
        var chain = await SeededTenant.SeedAsync(await host.NewTenantAsync(), "PQ3");
        using var preview = await SeeAsAsync(chain.Tenant, Roles.Admin);
        using var other = await SeeAsAsync(chain.Tenant, Roles.Director);
        var (wrong, read, refused) = (new List<string>(), 0, 0);
        foreach (var route in Routes.Of(host))
        {
            var call = (await RouteCall.FillAsync(chain, route)).ShouldNotBeNull(Routes.TextOf(route));
            if (call.IsPublic)
                continue;
            using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
            using var response = await (call.Role == Roles.Admin ? preview : other).SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var isRefused = response.StatusCode == HttpStatusCode.Forbidden && text.Contains("\"preview_read_only\"", StringComparison.Ordinal);
            if (isRefused != (call.Verb != "GET") || (!isRefused && !response.IsSuccessStatusCode))
                wrong.Add($"{call}: {(int)response.StatusCode} {text}");
            (read, refused) = call.Verb == "GET" ? (read + 1, refused) : (read, refused + 1);
        }
        wrong.ShouldBeEmpty("a GET is an IQuery or marked [Reads], everything else is refused");
        (read, refused).ShouldSatisfyAllConditions(counts => counts.read.ShouldBeGreaterThan(15), counts => counts.refused.ShouldBeGreaterThan(20));
    }

    private static async Task<HttpClient> SeeAsAsync(TestTenant tenant, string role)
    {
        var admin = await tenant.As(Roles.Admin);
        var id = (await (await tenant.As(role)).GetJsonAsync(Routes.Prefix + "me")).GetProperty("user").GetProperty("id").GetString();
        using var seen = await admin.PostAsync($"{Routes.Prefix}users/{id}/see-as", null);
        return tenant.Host.Client(tenant.Slug, (await seen.ShouldBeJsonAsync()).GetProperty("accessToken").GetString());
    }
}
