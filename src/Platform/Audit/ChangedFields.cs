using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EPM.Platform.Audit;

/// <summary>Before and after as JSON texts, less what both say alike.</summary>
internal static class ChangedFields
{
    private const int Longest = 32_000;

    // It is never part of a page, so accents may stay readable.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (string? Before, string? After) Between(object? before, object? after)
    {
        var was = Node(before);
        var now = Node(after);
        if (was is JsonObject old && now is JsonObject current)
        {
            foreach (var name in old.Select(field => field.Key).Where(current.ContainsKey).ToArray())
            {
                if (!JsonNode.DeepEquals(old[name], current[name]))
                    continue;
                old.Remove(name);
                current.Remove(name);
            }
        }
        return (Text(was), Text(now));
    }

    private static JsonNode? Node(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), Options);

    private static string? Text(JsonNode? node)
    {
        var text = node?.ToJsonString(Options);
        return text is { Length: > Longest } ? new JsonObject { ["tooLong"] = text.Length }.ToJsonString(Options) : text;
    }
}
