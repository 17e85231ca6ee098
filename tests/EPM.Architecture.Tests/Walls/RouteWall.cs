using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.AspNetCore.Http.Metadata;
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
        // Removal last: until then A has something of its own behind every route.
        foreach (var route in Routes.Of(host).OrderBy(route => Routes.VerbOf(route) == "DELETE"))
        {
            if (await PlaceAsync(route) is { } call)
                await CheckAsync(call);
            else
                _breaches.Add($"{Routes.VerbOf(route)} {Routes.TextOf(route)} is not covered: its collection shows no item with members named like its parameters");
        }
        return _breaches;
    }

    private async Task CheckAsync(Call call)
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
            if (place[0].StartsWith("path ", StringComparison.Ordinal) && answer.Status != HttpStatusCode.NotFound && !(call.Verb is "PUT" or "DELETE" && IsSuccess(answer.Status)))
                _breaches.Add($"{call} with {named} of B answers {(int)answer.Status}, not 404");
        }
    }

    private static string NobodysLike(string value) => Guid.TryParse(value, out _) ? "0190a0b0-0000-7000-8000-00000000dead" : "NB-" + value[3..].Replace('B', 'C');

    /// <summary>What the route takes, filled with A's own values, and B's values for the places that name something.</summary>
    private async Task<Call?> PlaceAsync(RouteEndpoint route)
    {
        var path = Routes.TextOf(route);
        if (await a.IdsAsync(path) is not { } own || await b.IdsAsync(path) is not { } theirs)
            return null;
        var foreign = own.Keys.ToDictionary(name => "path " + name, name => theirs[name], StringComparer.Ordinal);
        var method = route.Metadata.GetRequiredMetadata<MethodInfo>();
        var body = route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var query = method.GetParameters().Where(parameter => IsQuery(parameter.ParameterType) && !own.ContainsKey(parameter.Name!)).ToArray();
        foreach (var parameter in query.Where(parameter => b.Own.ContainsKey(parameter.Name!)))
            foreign["query " + parameter.Name] = b.Own[parameter.Name!];
        if (body is not null)
        {
            foreach (var name in SampleBodies.NamesIn(SampleBodies.Of(body, Known(a, own))).Where(b.Own.ContainsKey).Distinct(StringComparer.Ordinal))
                foreign["body " + name] = b.Own[name];
        }
        return new Call(route, Routes.VerbOf(route), path, own, query, body, foreign);
    }

    private async Task<(HttpStatusCode Status, string Text, string Head)> SendAsync(Call call, IReadOnlyDictionary<string, string> foreign)
    {
        var path = call.Own.Aggregate(call.Path, (text, id) => Regex.Replace(text, $@"\{{{id.Key}[^}}]*\}}",
            Uri.EscapeDataString(foreign.GetValueOrDefault("path " + id.Key, id.Value)), RegexOptions.None, TimeSpan.FromSeconds(1)));
        var asked = call.Query.Where(parameter => IsAsked(parameter, foreign)).Select(parameter =>
            $"{parameter.Name}={Uri.EscapeDataString(foreign.GetValueOrDefault("query " + parameter.Name) ?? Value(parameter, call))}");
        using var request = new HttpRequestMessage(new HttpMethod(call.Verb), path + "?" + string.Join('&', asked));
        if (call.Body is not null)
        {
            var known = Known(a, call.Own);
            foreach (var (name, value) in foreign.Where(place => place.Key.StartsWith("body ", StringComparison.Ordinal)))
                known[name[5..]] = value;
            request.Content = new StringContent(SampleBodies.Of(call.Body, known)!.ToJsonString(), Encoding.UTF8, "application/json");
        }
        else if (call.Verb is "POST" or "PUT" && call.Query.Any(parameter => parameter.Name == "kind"))
        {
            request.Content = a.File();
        }
        // A session for each call: one of them signs out.
        using var client = await a.Tenant.SignInAsync(TestTenant.EmailOf(Roles.Admin));
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ToString());
    }

    private void Search(Call call, string with, (HttpStatusCode Status, string Text, string Head) answer, IEnumerable<string> given)
    {
        var told = Without(answer.Text + answer.Head, given, "");
        foreach (var secret in b.Own.Values.Append(b.Canary).Append(b.Tenant.Id.ToString()).Append(b.Tenant.Slug).Distinct(StringComparer.Ordinal))
        {
            if (told.Contains(secret, StringComparison.OrdinalIgnoreCase))
                _breaches.Add($"{call} with {with} tells {secret}: {answer.Text}");
        }
    }

    private static Dictionary<string, string> Known(SeededTenant tenant, IReadOnlyDictionary<string, string> ids)
    {
        var known = new Dictionary<string, string>(tenant.Own, StringComparer.Ordinal)
        {
            ["name"] = ids.GetValueOrDefault("name", "Un nom"),
            ["kind"] = "sales",
            ["code"] = "NEW-" + Guid.CreateVersion7().ToString("N")[20..],
            ["sku"] = "NEW-" + Guid.CreateVersion7().ToString("N")[20..],
        };
        known.Remove("parent");
        return known;
    }

    private static string Value(ParameterInfo parameter, Call call) => SampleBodies.Of(Simple(parameter.ParameterType), call.Known, parameter.Name!)!.ToString();

    // Filters narrow to nothing when all are set at once, so a reference is asked for only when it is the one in question.
    private bool IsAsked(ParameterInfo parameter, IReadOnlyDictionary<string, string> foreign) =>
        b.Own.ContainsKey(parameter.Name!) ? foreign.ContainsKey("query " + parameter.Name) : !parameter.HasDefaultValue || parameter.DefaultValue is null;

    private static bool IsQuery(Type type) => Simple(type) is var simple && (simple == typeof(string) || simple.IsPrimitive || simple == typeof(DateOnly) || simple == typeof(Guid) || simple == typeof(decimal));

    private static Type Simple(Type type) => type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;

    // Refusals by a rule of A's own data, and whatever an anonymous route answers, are answers too; a body it cannot read is none.
    private static bool IsHealthy(Call call, HttpStatusCode status) => IsSuccess(status)
        || status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity
        || (call.IsPublic && status is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound);

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static string Neutral(string text, IEnumerable<string> values) => Without(Trace().Replace(text, ""), values, "‹value›");

    private static string Without(string text, IEnumerable<string> values, string instead) =>
        values.Aggregate(text, (left, value) => left.Replace(value, instead, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Trace();

    private sealed record Call(
        RouteEndpoint Route, string Verb, string Path, IReadOnlyDictionary<string, string> Own, ParameterInfo[] Query, Type? Body, Dictionary<string, string> Foreign)
    {
        public Dictionary<string, string> Known { get; } = new(StringComparer.Ordinal) { ["kind"] = "sales", ["mapping"] = "" };

        /// <summary>Each place alone, and the whole path at once.</summary>
        public IEnumerable<string[]> Places => Own.Count > 1 ? Foreign.Keys.Select(name => new[] { name }).Append([.. Own.Keys.Select(name => "path " + name)]) : Foreign.Keys.Select(name => new[] { name });

        // A feature's endpoint stands in the request it sends.
        public bool IsPublic => Route.Metadata.GetRequiredMetadata<MethodInfo>().DeclaringType?.GetCustomAttribute<PublicAttribute>() is not null;

        public override string ToString() => $"{Verb} {Path}";
    }
}
