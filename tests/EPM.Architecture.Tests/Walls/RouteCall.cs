using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace EPM.Architecture.Tests.Walls;

/// <summary>A route of the running application, and how to call it with one chain's own values in every place that takes one.</summary>
/// <param name="Own">Values of the path's parameters.</param>
/// <param name="Query">Parameters read from the query.</param>
/// <param name="Body">What the JSON body is read into.</param>
internal sealed record RouteCall(SeededTenant Chain, RouteEndpoint Route, IReadOnlyDictionary<string, string> Own, IReadOnlyList<ParameterInfo> Query, Type? Body)
{
    public string Verb { get; } = Routes.VerbOf(Route);

    public string Path { get; } = Routes.TextOf(Route);

    // A feature's endpoint stands in the request it sends.
    public bool IsPublic => Route.Metadata.GetRequiredMetadata<MethodInfo>().DeclaringType?.GetCustomAttribute<PublicAttribute>() is not null;

    /// <summary>The administrator where they may call it, or else a role that may.</summary>
    public string Role { get; } = RoleOf(Route);

    public static string RoleOf(RouteEndpoint route) =>
        route.Metadata.GetRequiredMetadata<MethodInfo>().DeclaringType?.GetCustomAttribute<NeedsAttribute>() is { Permission: not Permissions.SignedIn } needs
            ? Roles.All.Prepend(Roles.Admin).First(role => Permissions.Of(role, DataScope.Everything).Contains(needs.Permission)) : Roles.Admin;

    /// <returns>Null when the collection behind the path shows nothing to fill it with.</returns>
    public static async Task<RouteCall?> FillAsync(SeededTenant chain, RouteEndpoint route)
    {
        if (await chain.IdsAsync(Routes.TextOf(route)) is not { } own)
            return null;
        var query = route.Metadata.GetRequiredMetadata<MethodInfo>().GetParameters()
            .Where(parameter => IsQuery(parameter.ParameterType) && !own.ContainsKey(parameter.Name!)).ToArray();
        return new RouteCall(chain, route, own, query, route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType);
    }

    /// <summary>The call, with other values at the places named <c>path x</c>, <c>query x</c> and <c>body x</c>.</summary>
    public HttpRequestMessage Request(IReadOnlyDictionary<string, string> instead)
    {
        var path = Own.Aggregate(Path, (text, id) => Regex.Replace(text, $@"\{{{id.Key}[^}}]*\}}",
            _ => Uri.EscapeDataString(instead.GetValueOrDefault("path " + id.Key, id.Value)), RegexOptions.None, TimeSpan.FromSeconds(1)));
        var asked = Query.Where(parameter => instead.ContainsKey("query " + parameter.Name) || IsAsked(parameter))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(instead.GetValueOrDefault("query " + parameter.Name) ?? Value(parameter))}");
        var request = new HttpRequestMessage(new HttpMethod(Verb), path + "?" + string.Join('&', asked));
        if (Body is not null)
            request.Content = new StringContent(SampleBodies.Of(Body, Known(instead))!.ToJsonString(), Encoding.UTF8, "application/json");
        else if (Verb is "POST" or "PUT" && Query.Any(parameter => parameter.Name == "kind"))
            request.Content = Chain.File();
        else if (Verb is not ("GET" or "HEAD"))
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    /// <summary>Names of all members of the body.</summary>
    public IEnumerable<string> Names() => Body is null ? []
        : SampleBodies.NamesIn(SampleBodies.Of(Body, Known(new Dictionary<string, string>(StringComparer.Ordinal)))).Where(name => !IsGiven(name));

    public override string ToString() => $"{Verb} {Path}";

    // Filters narrow to nothing when all are set at once: a reference is given only when it is the one in question.
    private bool IsAsked(ParameterInfo parameter) => !Chain.Own.ContainsKey(parameter.Name!) && (!parameter.HasDefaultValue || parameter.DefaultValue is null);

    private Dictionary<string, string> Known(IReadOnlyDictionary<string, string> instead)
    {
        var known = new Dictionary<string, string>(Chain.Own, StringComparer.Ordinal)
        {
            ["name"] = Own.GetValueOrDefault("name", "Un nom"),
            // Of a file, or of a run.
            ["kind"] = Path.EndsWith("/runs", StringComparison.Ordinal) ? "refresh" : "sales",
            ["code"] = "NEW-" + Guid.CreateVersion7().ToString("N")[20..],
            ["email"] = $"quelquun-{Guid.CreateVersion7().ToString("N")[20..]}@chaine.test",
        };
        known.Remove("parent");
        if (IsGiven("sku"))
            known["sku"] = "NEW-" + Guid.CreateVersion7().ToString("N")[20..];
        foreach (var (name, value) in instead.Where(place => place.Key.StartsWith("body ", StringComparison.Ordinal)))
            known[name[5..]] = value;
        return known;
    }

    // A name that whoever adds a product chooses; elsewhere it is that of one.
    private bool IsGiven(string name) => name == "sku" && Path.EndsWith("/products", StringComparison.Ordinal);

    private static string Value(ParameterInfo parameter) =>
        SampleBodies.Of(Simple(parameter.ParameterType), new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = "sales", ["mapping"] = "" }, parameter.Name!)!.ToString();

    private static bool IsQuery(Type type) => Simple(type) is var simple && (simple == typeof(string) || simple.IsPrimitive || simple == typeof(DateOnly) || simple == typeof(Guid) || simple == typeof(decimal));

    private static Type Simple(Type type) => type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
}
