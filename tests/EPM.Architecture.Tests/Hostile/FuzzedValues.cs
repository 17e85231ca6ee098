using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EPM.Architecture.Tests.Hostile;

/// <summary>Values for the schemas of an OpenAPI document: mostly of the right type, sometimes of a wrong one, from a seed.</summary>
internal sealed class FuzzedValues(JsonElement document, Random dice, IReadOnlyList<string> known)
{
    private static readonly string[] Odd =
    [
        "", " ", "'", "\"", "\\", "\0", "\t", "é", "🙂", "\u202e", "null", "-1", "0", "1e400", "NaN", "2026-02-30", "9999-12-31", "0001-01-01", "2026-01-01T25:00:00Z", "%", "_", "../..", "<b>", "{0}", "a\r\nb", "٣", "İ",
    ];

    private static readonly string[] Right = ["sales", "fr", "en", "XOF", "SN", "Africa/Dakar", "director", "all", "stores", "2026-01", "2026-01-31", "2025-12-01", "revenue", "store,month", "last-year", "partial", "quelquun@chaine.test", "quatre mots pour rien"];

    private static readonly string[] Kinds = ["text/plain", "application/xml", "application/json; charset=utf-7", "multipart/form-data", "application/x-www-form-urlencoded", "image/png"];

    public bool Chance(int percent) => dice.Next(100) < percent;

    public IEnumerable<JsonElement> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(Resolve) : [];

    public string Kind(JsonElement operation) => Content(operation)?.Name ?? "application/json";

    public string OddKind() => Kinds[dice.Next(Kinds.Length)];

    public byte[] Body(JsonElement operation)
    {
        if (Chance(8))
            return Broken();
        if (Content(operation) is not { } content || !content.Value.TryGetProperty("schema", out var schema))
            return Chance(50) ? [] : Broken();
        return Encoding.UTF8.GetBytes(Value(schema, "", 0)?.ToJsonString() ?? "null");
    }

    public string Text(JsonElement schema, string name) => Value(Resolve(schema), name, 0) switch
    {
        null => "",
        JsonValue value => value.ToString(),
        var other => other.ToJsonString(),
    };

    private JsonNode? Value(JsonElement declared, string name, int depth)
    {
        var schema = Resolve(declared);
        if (depth > 6 || Chance(4))
            return null;
        if (Chance(6))
            return OfAnyType();
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (schema.TryGetProperty(choice, out var several))
                return Value(several[dice.Next(several.GetArrayLength())], name, depth + 1);
        }
        return TypeOf(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, dice.Next(4)).Select(_ => schema.TryGetProperty("items", out var items) ? Value(items, name, depth + 1) : null)]),
            "integer" => dice.Next(5) switch { 0 => long.MaxValue, 1 => -1, 2 => 0, 3 => 2026, _ => dice.Next(1, 100) },
            "number" => dice.Next(5) switch { 0 => 1e28, 1 => -0.00001, 2 => 0, 3 => 0.18, _ => dice.Next(1, 1_000_000) / 100.0 },
            "boolean" => Chance(50),
            _ => String(),
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(_ => !Chance(5)))
                made[property.Name] = Value(property.Value, property.Name, depth + 1);
        }
        if (Chance(10))
            made["tenantId"] = String();
        return made;
    }

    private string String() => dice.Next(10) switch
    {
        < 3 => known[dice.Next(known.Count)],
        < 7 => Right[dice.Next(Right.Length)],
        < 9 => Odd[dice.Next(Odd.Length)],
        _ => new string((char)('a' + dice.Next(26)), dice.Next(1, 3_000)),
    };

    private JsonNode? OfAnyType() => dice.Next(6) switch
    {
        0 => dice.Next(),
        1 => Chance(50),
        2 => new JsonArray(1, "a", null),
        3 => new JsonObject { ["a"] = new JsonObject { ["b"] = 1 } },
        4 => Guid.Empty.ToString(),
        _ => String(),
    };

    private byte[] Broken() => dice.Next(6) switch
    {
        0 => "{"u8.ToArray(),
        1 => "[]"u8.ToArray(),
        2 => Encoding.UTF8.GetBytes(new string('[', 5_000)),
        3 => [0xFF, 0xFE, 0x00, 0xC3, 0x28],
        4 => "{\"name\":\"\\ud800\",\"code\":1e999}"u8.ToArray(),
        _ => Enumerable.Range(0, dice.Next(200)).Select(_ => (byte)dice.Next(256)).ToArray(),
    };

    private JsonProperty? Content(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && Resolve(body).TryGetProperty("content", out var content) ? content.EnumerateObject().First() : null;

    // A nullable type is written as a list of two.
    private string TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? (schema.TryGetProperty("properties", out _) ? "object" : "string")
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!).Where(one => one != "null").ElementAt(dice.Next(Math.Max(1, type.GetArrayLength() - 1)))
        : type.GetString()!;

    private JsonElement Resolve(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference)
        ? Resolve(reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, part) => at.GetProperty(part)))
        : schema;
}
