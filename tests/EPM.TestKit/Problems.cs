using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace EPM.TestKit;

/// <summary>Problem details as the API writes them.</summary>
public sealed record Problem(string Type, string Title, int Status, string Code, string TraceId, IReadOnlyDictionary<string, IReadOnlyList<FieldProblem>>? Errors)
{
    /// <summary>The first code under a field.</summary>
    public string CodeOf(string field) => Errors.ShouldNotBeNull().ShouldContainKeyAndReturn(field)[0].Code;
}

public sealed record FieldProblem(string Code, string Message);

public static class Problems
{
    /// <summary>Asserts status and code, and that the body is a full RFC 9457 problem.</summary>
    public static async Task<Problem> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web).ShouldNotBeNull();
        problem.Code.ShouldBe(code, text);
        problem.Status.ShouldBe((int)status);
        problem.Title.ShouldNotBeNullOrWhiteSpace();
        problem.Title.ShouldNotBe(problem.Code, "the code has no sentence");
        return problem;
    }

    /// <summary>Asserts a success and reads its JSON.</summary>
    public static async Task<JsonElement> ShouldBeJsonAsync(this HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await response.ShouldBeJsonAsync();
    }

    internal static TValue ShouldContainKeyAndReturn<TKey, TValue>(this IReadOnlyDictionary<TKey, TValue> map, TKey key)
        where TKey : notnull
    {
        map.Keys.ShouldContain(key);
        return map[key];
    }
}
