using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Demo;

/// <summary>The sample files do what their page says.</summary>
public sealed class SamplesTests
{
    [Fact]
    public async Task The_till_s_file_brings_190_lines_and_explains_the_three_wrong_ones()
    {
        var client = await SeedDemoTests.SmallChainAsync();
        var import = await ImportAsync(client, "ventes-exemple.csv");
        Counts(import).ShouldBe("190 added, 0 unchanged, 3 rejected");
        import.GetProperty("effect").GetProperty("revenue").GetDecimal().ShouldBe(383_660);
        var errors = await client.GetJsonAsync($"/api/v1/imports/{import.GetProperty("id").GetGuid()}/errors?format=json");
        errors.GetProperty("items").EnumerateArray().Select(error => $"{error.GetProperty("line")} {error.GetProperty("column")} {error.GetProperty("code")}").ShouldBe(
            ["50 sku import_product_unknown", "115 sold_at import_not_a_date", "172 quantity import_not_a_number"], ignoreOrder: true);
        Counts(await ImportAsync(client, "ventes-exemple.csv")).ShouldBe("0 added, 190 unchanged, 3 rejected");
    }

    [Fact]
    public async Task The_simplest_file_is_taken_by_a_chain_that_has_nothing_yet()
    {
        var tenant = await (await EpmHost.SharedAsync()).NewTenantAsync();
        var client = await tenant.As(Roles.Admin);
        Counts(await ImportAsync(client, "ventes-simples.csv")).ShouldBe("70 added, 0 unchanged, 0 rejected");
        var answer = await client.GetJsonAsync("/api/v1/metrics/query?metrics=units&by=store&from=2026-10-01&to=2026-10-31");
        answer.GetProperty("totals").GetProperty("values").GetProperty("units").GetDecimal().ShouldBe(803);
    }

    private static string Counts(JsonElement import) =>
        $"{import.GetProperty("added")} added, {import.GetProperty("unchanged")} unchanged, {import.GetProperty("rejected")} rejected";

    /// <summary>Uploads a sample and follows it to its end.</summary>
    private static async Task<JsonElement> ImportAsync(HttpClient client, string file)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Samples(), file)));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var response = await client.PostAsync($"/api/v1/imports?kind=sales&file={file}", content);
        var id = (await response.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        // The stream ends with the import.
        await client.GetStringAsync($"/api/v1/imports/{id}/events");
        return await client.GetJsonAsync($"/api/v1/imports/{id}");
    }

    private static string Samples([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../../samples");
}
