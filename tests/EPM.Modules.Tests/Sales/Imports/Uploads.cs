using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>Sends files as an administrator and waits for what becomes of them.</summary>
internal static class Uploads
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Imports a sales file and returns the import once it has ended.</summary>
    public static Task<JsonElement> ImportAsync(this TestTenant tenant, string content, string query = "") => tenant.ImportAsync(Csv(content), query);

    public static async Task<JsonElement> ImportAsync(this TestTenant tenant, HttpContent content, string query = "", string kind = "sales")
    {
        using var response = await tenant.UploadAsync(content, query, kind);
        return await tenant.EndOfAsync(await response.IdAsync());
    }

    /// <summary>Imports a sales file that must be taken whole.</summary>
    public static async Task<JsonElement> SellAsync(this TestTenant tenant, string content, string query = "")
    {
        var import = await tenant.ImportAsync(content, query);
        (State(import), import.GetProperty("rejected").GetInt64()).ShouldBe(("completed", 0), import.ToString());
        return import;
    }

    public static async Task<HttpResponseMessage> UploadAsync(this TestTenant tenant, HttpContent content, string query = "", string kind = "sales", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/imports?kind={kind}{(query.Length > 0 ? "&" + query : "")}") { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await (await tenant.As(Roles.Admin)).SendAsync(request);
    }

    public static async Task<Guid> IdAsync(this HttpResponseMessage response)
    {
        var id = (await response.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        response.Headers.Location?.ToString().ShouldBe($"/api/v1/imports/{id}");
        return id;
    }

    /// <summary>Asks for the import until it has ended.</summary>
    public static async Task<JsonElement> EndOfAsync(this TestTenant tenant, Guid id)
    {
        var client = await tenant.As(Roles.Admin);
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            using var response = await client.GetAsync($"/api/v1/imports/{id}", deadline.Token);
            var import = await response.ShouldBeJsonAsync();
            if (State(import) is "completed" or "failed" or "cancelled")
                return import;
        }
    }

    public static async Task<JsonElement[]> ErrorsAsync(this TestTenant tenant, JsonElement import, string language = "fr")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/imports/{import.GetProperty("id").GetGuid()}/errors?format=json&size=500");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await (await tenant.As(Roles.Admin)).SendAsync(request);
        return [.. (await response.ShouldBeJsonAsync()).GetProperty("items").EnumerateArray()];
    }

    /// <summary>Line, column and code of every rejected line.</summary>
    public static async Task<string[]> WhyAsync(this TestTenant tenant, JsonElement import) =>
        [.. (await tenant.ErrorsAsync(import)).Select(error => $"{error.GetProperty("line")} {error.GetProperty("column")} {error.GetProperty("code")}")];

    /// <summary>State and counters in one text.</summary>
    public static string Told(this JsonElement import) =>
        $"{State(import)}: {import.GetProperty("read")} read, {import.GetProperty("added")} added, {import.GetProperty("updated")} updated, "
        + $"{import.GetProperty("unchanged")} unchanged, {import.GetProperty("rejected")} rejected";

    public static string State(this JsonElement import) => import.GetProperty("state").GetString()!;

    public static ByteArrayContent Csv(string content) => Bytes(Encoding.UTF8.GetBytes(content), "text/csv");

    public static ByteArrayContent Bytes(byte[] content, string type) =>
        new(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
}
