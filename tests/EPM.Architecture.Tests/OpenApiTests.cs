using System.Text.Json;
using System.Text.RegularExpressions;
using EPM.TestKit;

namespace EPM.Architecture.Tests;

public sealed partial class OpenApiTests
{
    [Fact]
    public async Task Every_operation_has_a_unique_readable_name_a_group_and_an_answer()
    {
        var host = await EpmHost.SharedAsync();
        using var client = host.Client(null);
        var operations = Operations(await client.GetJsonAsync("/openapi/v1.json")).ToArray();
        operations.Length.ShouldBe(Routes.Of(host).Count, "the document lists every route");
        Faults(operations).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_catches_what_it_is_there_for()
    {
        using var planted = JsonDocument.Parse("""
            {"paths":{"/a":{"get":{"operationId":"ListThings","tags":["A"],"responses":{"200":{}}},"post":{"operationId":"ListThings","tags":["A"],"responses":{"201":{}}}},
                      "/b":{"get":{"tags":["A"],"responses":{"200":{}}}},"/c":{"get":{"operationId":"apiV1C","tags":["A"],"responses":{"200":{}}}},
                      "/d":{"get":{"operationId":"ListOthers","responses":{"200":{}}}},"/e":{"get":{"operationId":"ListMore","tags":["A"],"responses":{}}}}}
            """);
        Faults([.. Operations(planted.RootElement)]).Count().ShouldBe(5);
    }

    private static IEnumerable<string> Faults(IReadOnlyList<Operation> operations)
    {
        foreach (var twice in operations.GroupBy(operation => operation.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return $"{twice.Key} names {twice.Count()} operations";
        foreach (var operation in operations)
        {
            if (!Readable().IsMatch(operation.Name))
                yield return $"{operation.Path} is named '{operation.Name}', not like ListStores";
            if (!operation.Grouped)
                yield return $"{operation.Path} is in no group";
            if (!operation.Answers)
                yield return $"{operation.Path} tells no successful answer";
        }
    }

    private static IEnumerable<Operation> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from verb in path.Value.EnumerateObject()
        let name = verb.Value.TryGetProperty("operationId", out var id) ? id.GetString()! : ""
        let grouped = verb.Value.TryGetProperty("tags", out var tags) && tags.GetArrayLength() > 0
        let answers = verb.Value.GetProperty("responses").EnumerateObject().Any(response => response.Name[0] is '2' or '3')
        select new Operation($"{verb.Name} {path.Name}", name, grouped, answers);

    private sealed record Operation(string Path, string Name, bool Grouped, bool Answers);

    [GeneratedRegex("^([A-Z][a-z]+){2,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Readable();
}
