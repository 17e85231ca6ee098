using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Architecture.Tests.Walls;

/// <summary>Who may call which route: the reviewed table, and what the running application says when each is called for real (TRUST T07).</summary>
internal static partial class RoleRoutes
{
    public const string Anyone = "anyone";
    public const string SignedIn = "signed-in";

    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Roles by <c>METHOD /path</c>, as written down.</summary>
    public static IReadOnlyDictionary<string, string> Table(IEnumerable<string> lines)
    {
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            table.TryAdd($"{parts[0]} {parts[1]}", parts[2]).ShouldBeTrue($"twice in the table: {line}");
        }
        return table;
    }

    /// <summary>What the application does, in the table's own words.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ObserveAsync(EpmHost host, SeededTenant chain)
    {
        var calls = new List<RouteCall>();
        foreach (var route in Routes.Of(host))
            calls.Add((await RouteCall.FillAsync(chain, route)).ShouldNotBeNull($"{Routes.TextOf(route)}: nothing to fill it with"));
        var observed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // Removal last: until then there is something behind every route.
        foreach (var call in calls.OrderBy(call => call.Verb == "DELETE"))
            observed.Add($"{call.Verb} {PathOf(call)}", await WhoAsync(call));
        return observed;
    }

    /// <summary>Verbs that a path does not take are refused to whoever may do everything else with it.</summary>
    public static async Task<IReadOnlyList<string>> UnlistedVerbsAsync(EpmHost host, SeededTenant chain)
    {
        var open = new List<string>();
        foreach (var path in Routes.Of(host).GroupBy(Routes.TextOf, StringComparer.Ordinal))
        {
            var call = (await RouteCall.FillAsync(chain, path.First())).ShouldNotBeNull();
            foreach (var verb in Verbs.Except(path.Select(Routes.VerbOf), StringComparer.Ordinal))
            {
                using var like = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
                using var request = new HttpRequestMessage(new HttpMethod(verb), like.RequestUri);
                using var response = await (await chain.Tenant.As(Roles.Admin)).SendAsync(request);
                if (response.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound))
                    open.Add($"{verb} {path.Key}: {(int)response.StatusCode}");
            }
        }
        return open;
    }

    private static async Task<string> WhoAsync(RouteCall call)
    {
        var tenant = call.Chain.Tenant;
        using (var nobody = tenant.Anonymous())
        {
            if (await LetsInAsync(call, nobody))
                return Anyone;
        }
        var let = new List<string>();
        foreach (var role in Roles.All)
        {
            // A session for each call: one of them signs out.
            using var client = await tenant.SignInAsync(TestTenant.EmailOf(role));
            if (await LetsInAsync(call, client))
                let.Add(role);
        }
        return let.Count == Roles.All.Count ? SignedIn : string.Join(',', let);
    }

    // Any answer but the two refusals is one of the use case itself.
    private static async Task<bool> LetsInAsync(RouteCall call, HttpClient client)
    {
        using var request = call.Request(new Dictionary<string, string>(StringComparer.Ordinal));
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBeLessThan(500, $"{call}: {text}");
        return response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            || JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web)!.Code is not ("not_signed_in" or "forbidden");
    }

    private static string PathOf(RouteCall call) => Constraint().Replace(call.Path, "}");

    [GeneratedRegex(":[^}]*}", RegexOptions.None, 1000)]
    private static partial Regex Constraint();
}
