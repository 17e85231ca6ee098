using System.Net;
using System.Text.RegularExpressions;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.AspNetCore.Routing;

namespace EPM.Architecture.Tests.Walls;

/// <summary>
/// Every route of the running application, called by A with B's values in each place that takes one: the path, the query, the body
/// (TRUST T02). The answer must be the one that a value nobody has gets, and must hold nothing of B's.
/// </summary>
internal sealed partial class RouteWall(EpmHost host, SeededTenant a, SeededTenant b)
{
    private readonly List<string> _breaches = [];

    /// <summary>Calls made with a value of B's.</summary>
    public int Probes { get; private set; }

    /// <summary>Routes called.</summary>
    public int Covered { get; private set; }

    public async Task<IReadOnlyList<string>> CheckAsync()
    {
        // Removal last, of parts before wholes: until then A has something of its own behind every route.
        foreach (var route in Routes.Of(host).OrderBy(route => Routes.VerbOf(route) == "DELETE" ? -Routes.TextOf(route).Length : int.MinValue))
        {
            if (await PlaceAsync(route) is { } call)
                await CheckAsync(call);
            else
                _breaches.Add($"{Routes.VerbOf(route)} {Routes.TextOf(route)} is not covered: its collection shows no item with members named like its parameters");
        }
        return _breaches;
    }

    private async Task CheckAsync(Probe call)
    {
        Covered++;
        var plain = await SendAsync(call, new Dictionary<string, string>(StringComparer.Ordinal));
        if (!IsHealthy(call, plain.Status))
            _breaches.Add($"{call} is not covered: with A's own values it answers {(int)plain.Status} {plain.Text}");
        Search(call, "its own values", plain, []);
        foreach (var place in call.Places)
        {
            Probes++;
            var theirs = place.ToDictionary(name => name, name => call.Foreign[name], StringComparer.Ordinal);
            var nobodys = theirs.ToDictionary(value => value.Key, value => NobodysLike(value.Value), StringComparer.Ordinal);
            var (answer, control) = (await SendAsync(call, theirs), await SendAsync(call, nobodys));
            var named = string.Join(" and ", place);
            Search(call, $"{named} of B", answer, theirs.Values);
            if (answer.Status != control.Status || (!IsSuccess(answer.Status) && Neutral(answer.Text, theirs.Values) != Neutral(control.Text, nobodys.Values)))
                _breaches.Add($"{call} with {named} of B answers {(int)answer.Status} {answer.Text}, and {(int)control.Status} {control.Text} to a value nobody has");
            // Putting and removing by a name of one's own choice may succeed; B's rows are counted afterwards.
            if (place[0].StartsWith("path ", StringComparison.Ordinal) && answer.Status != HttpStatusCode.NotFound && !(call.Call.Verb is "PUT" or "DELETE" && IsSuccess(answer.Status)))
                _breaches.Add($"{call} with {named} of B answers {(int)answer.Status}, not 404");
        }
    }

    private static string NobodysLike(string value) => Guid.TryParse(value, out _) ? "0190a0b0-0000-7000-8000-00000000dead" : "NB-" + value[3..].Replace('B', 'C');

    /// <summary>What the route takes, filled with A's own values, and B's values for the places that name something.</summary>
    private async Task<Probe?> PlaceAsync(RouteEndpoint route)
    {
        if (await RouteCall.FillAsync(a, route) is not { } call || await b.IdsAsync(call.Path) is not { } theirs)
            return null;
        var foreign = call.Own.Keys.ToDictionary(name => "path " + name, name => theirs[name], StringComparer.Ordinal);
        foreach (var parameter in call.Query.Where(parameter => b.Own.ContainsKey(parameter.Name!)))
            foreign["query " + parameter.Name] = b.Own[parameter.Name!];
        foreach (var name in call.Names().Where(b.Own.ContainsKey).Distinct(StringComparer.Ordinal))
            foreign["body " + name] = b.Own[name];
        return new Probe(call, foreign);
    }

    private async Task<(HttpStatusCode Status, string Text, string Head)> SendAsync(Probe probe, IReadOnlyDictionary<string, string> foreign)
    {
        using var request = probe.Call.Request(foreign);
        // A session for each call: one of them signs out.
        using var client = await a.Tenant.SignInAsync(TestTenant.EmailOf(probe.Call.Role));
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ToString());
    }

    private void Search(Probe call, string with, (HttpStatusCode Status, string Text, string Head) answer, IEnumerable<string> given)
    {
        var told = Without(answer.Text + answer.Head, given, "");
        foreach (var secret in b.Own.Values.Append(b.Canary).Append(b.Tenant.Id.ToString()).Append(b.Tenant.Slug).Distinct(StringComparer.Ordinal))
        {
            if (told.Contains(secret, StringComparison.OrdinalIgnoreCase))
                _breaches.Add($"{call} with {with} tells {secret}: {answer.Text}");
        }
    }

    // Refusals by a rule of A's own data, and whatever an anonymous route answers, are answers too; a body it cannot read is none.
    private static bool IsHealthy(Probe call, HttpStatusCode status) => IsSuccess(status)
        || status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity
        || (call.Call.IsPublic && status is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound);

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static string Neutral(string text, IEnumerable<string> values) => Without(Trace().Replace(text, ""), values, "‹value›");

    private static string Without(string text, IEnumerable<string> values, string instead) =>
        values.Aggregate(text, (left, value) => left.Replace(value, instead, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Trace();

    private sealed record Probe(RouteCall Call, Dictionary<string, string> Foreign)
    {
        /// <summary>Each place alone, and the whole path at once.</summary>
        public IEnumerable<string[]> Places => Call.Own.Count > 1
            ? Foreign.Keys.Select(name => new[] { name }).Append([.. Call.Own.Keys.Select(name => "path " + name)])
            : Foreign.Keys.Select(name => new[] { name });

        public override string ToString() => Call.ToString();
    }
}
