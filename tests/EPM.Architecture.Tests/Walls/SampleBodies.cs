using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EPM.Architecture.Tests.Walls;

/// <summary>Bodies and query values that a route accepts, made from the types it declares and from what names mean in this product.</summary>
internal static class SampleBodies
{
    // What a value has to look like is said by its name; a name that is not here gets a plain text.
    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "quelquun@chaine.test",
        ["password"] = "quatre mots pour rien",
        ["role"] = "analyst",
        ["language"] = "fr",
        ["country"] = "SN",
        ["currency"] = "XOF",
        ["timeZone"] = "Africa/Dakar",
        ["month"] = "2026-01",
        ["lineNumber"] = "ordinal",
        ["unknownProducts"] = "reject",
        ["unknownStores"] = "reject",
        ["mode"] = "partial",
        ["metrics"] = "revenue",
        ["by"] = "store",
        ["compare"] = "none",
        ["format"] = "json",
        ["search"] = "a",
        ["sort"] = "value",
        ["level"] = "product",
        ["slug"] = "une-chaine",
        ["file"] = "ventes.csv",
        ["permissions"] = "stores.view",
        ["formula"] = "*1.2",
        ["reason"] = "manual",
        ["decision"] = "keep",
        ["state"] = "open",
        ["issuer"] = "https://10.0.0.1",
    };

    /// <param name="known">Values by name that go before all others: kinds, references, codes.</param>
    public static JsonNode? Of(Type type, IReadOnlyDictionary<string, string> known, string name = "", int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner, known, name, depth);
        if (type == typeof(string))
            return known.GetValueOrDefault(name) ?? Texts.GetValueOrDefault(name) ?? "texte";
        if (type == typeof(bool))
            return name is not ("dryRun" or "builtIn");
        if (type == typeof(DateOnly))
            return name is "expiresOn" ? $"{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}" : name is "to" or "closedOn" ? "2026-01-31" : "2026-01-01";
        if (type == typeof(decimal) || type == typeof(double))
            return name == "taxRate" ? 0.18m : 100m;
        if (type == typeof(int) || type == typeof(long) || type == typeof(short))
            return name is "year" ? 2026 : name is "requestsPerMinute" ? 1_000_000 : 1;
        if (type == typeof(Guid))
            return known.GetValueOrDefault(name) ?? Guid.Empty.ToString();
        if (typeof(IDictionary).IsAssignableFrom(type) || type.Name.Contains("Dictionary", StringComparison.Ordinal))
            return name == "columns" ? new JsonObject { ["store"] = "magasin", ["sold_at"] = "date", ["sku"] = "article", ["quantity"] = "quantite" } : new JsonObject();
        if (typeof(IEnumerable).IsAssignableFrom(type))
            return depth > 4 ? new JsonArray() : new JsonArray(Of(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0], known, name, depth + 1));
        return ObjectOf(type, name == "scope" ? new Dictionary<string, string>(known, StringComparer.Ordinal) { ["kind"] = "all" } : known, depth);
    }

    /// <summary>Names in a body, however deep.</summary>
    public static IEnumerable<string> NamesIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => NamesIn(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(NamesIn),
        _ => [],
    };

    private static JsonObject ObjectOf(Type type, IReadOnlyDictionary<string, string> known, int depth)
    {
        var body = new JsonObject();
        var nullability = new NullabilityInfoContext();
        foreach (var parameter in type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters())
        {
            var name = char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
            if (type.GetProperty(parameter.Name)?.IsDefined(typeof(JsonIgnoreAttribute)) == true)
                continue;
            var optional = nullability.Create(parameter).WriteState == NullabilityState.Nullable || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
            body[name] = optional && !known.ContainsKey(name) ? null : Of(parameter.ParameterType, known, name, depth + 1);
        }
        return body;
    }
}
