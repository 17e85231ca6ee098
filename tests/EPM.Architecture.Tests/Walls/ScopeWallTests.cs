using System.Net;
using EPM.Platform.Security;
using EPM.TestKit;
using Npgsql;

namespace EPM.Architecture.Tests.Walls;

/// <summary>A person who may see a part of the chain neither sees nor changes anything of the rest, on any route (TRUST T07).</summary>
public sealed class ScopeWallTests
{
    private const string Own = "SC1";
    private const string Other = "SC2";

    // What names a store or a region of the part that is closed.
    private static readonly string[] Secrets = ["ST-" + Other, "RE-" + Other, "TICKET-" + Other];

    private static readonly string[] Narrowed = ["region", "regions", "store", "stores"];

    [Fact]
    public async Task A_scope_narrows_what_every_route_tells_and_changes()
    {
        var host = await EpmHost.StartAsync();
        var tenant = await host.NewTenantAsync();
        var own = await SeededTenant.SeedAsync(tenant, Own);
        var other = await SeededTenant.SeedAsync(tenant, Other);
        var before = await OthersAsync(host);
        var breaches = new List<string>();
        var region = new DataScope(ScopeKind.Regions, ["RE-" + Own], [], SeesCost: true);
        var store = new DataScope(ScopeKind.Stores, [], ["ST-" + Own], SeesCost: true);
        foreach (var (role, scope) in new[] { (Roles.RegionalManager, region), (Roles.StoreManager, store), (Roles.Analyst, store), (Roles.Director, region), (Roles.Director, store) })
        {
            var client = await tenant.As(role, scope);
            foreach (var route in Routes.Of(host).Where(route => !Routes.TextOf(route).Contains("/auth/", StringComparison.Ordinal)).OrderBy(route => Routes.VerbOf(route) == "DELETE"))
            {
                if (await RouteCall.FillAsync(own, route) is not { } call)
                    continue;
                var who = $"{role} of {scope.Kind}: {call}";
                if (call.Verb == "GET")
                    await ReadAsync(client, call, who, breaches);
                await ReachAsync(client, call, other, who, breaches);
            }
        }
        breaches.ShouldBeEmpty();
        (await OthersAsync(host)).ShouldBe(before);
        (await RevenueAsync(await tenant.As(Roles.Director))).ShouldBe(2 * await RevenueAsync(await tenant.As(Roles.StoreManager, store)), "aggregates are of the part that is seen");
    }

    private static async Task ReadAsync(HttpClient client, RouteCall call, string who, List<string> breaches)
    {
        using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        breaches.AddRange(Secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Select(secret => $"{who} tells {secret}: {text[..Math.Min(300, text.Length)]}"));
    }

    // The other part's names, in each place that takes one, are names that nobody has.
    private static async Task ReachAsync(HttpClient client, RouteCall call, SeededTenant other, string who, List<string> breaches)
    {
        var theirs = call.Path.Contains("/stores/{", StringComparison.Ordinal) || call.Path.Contains("/regions/{", StringComparison.Ordinal) || call.Path.Contains("{store}", StringComparison.Ordinal)
            ? await other.IdsAsync(call.Path) : null;
        var places = call.Query.Select(parameter => "query " + parameter.Name).Concat(call.Names().Distinct(StringComparer.Ordinal).Select(name => "body " + name)).Where(place => Narrowed.Contains(place.Split(' ')[1]))
            // What a mapping calls a store is the name of a column.
            .Where(place => !place.StartsWith("body ", StringComparison.Ordinal) || !call.Path.Contains("import-mappings", StringComparison.Ordinal))
            .Select(place => new Dictionary<string, string>(StringComparer.Ordinal) { [place] = other.Own[place.Split(' ')[1]] })
            .Concat(theirs is null ? [] : [theirs.ToDictionary(id => "path " + id.Key, id => id.Value, StringComparer.Ordinal)]);
        foreach (var place in places)
        {
            using var request = call.Request(place);
            using var response = await client.SendAsync(request);
            var refused = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity;
            if (!refused)
                breaches.Add($"{who} with {string.Join(" and ", place.Keys)} of the other part: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task<decimal> RevenueAsync(HttpClient client) =>
        (await client.GetJsonAsync("/api/v1/metrics/query?metrics=revenue&from=2026-01-01&to=2026-01-31")).GetProperty("totals").GetProperty("values").GetProperty("revenue").GetDecimal();

    private static async Task<string> OthersAsync(EpmHost host)
    {
        await using var admin = new NpgsqlConnection(host.Connection);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            SELECT md5(string_agg(row, '|' ORDER BY row)) FROM (
              SELECT s::text AS row FROM stores.store s WHERE code = 'ST-{Other}' UNION ALL SELECT r::text FROM stores.region r WHERE region_code = 'RE-{Other}'
              UNION ALL SELECT o::text FROM stores.objective o JOIN stores.store s USING (tenant_id, store_no) WHERE s.code = 'ST-{Other}'
              UNION ALL SELECT c::text FROM stores.closure c JOIN stores.store s USING (tenant_id, store_no) WHERE s.code = 'ST-{Other}') rows
            """, admin);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
