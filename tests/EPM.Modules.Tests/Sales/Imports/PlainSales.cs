using System.Net.Http.Json;
using System.Text;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>Sales as a host in a process of its own receives them: a mapping that takes every column by its name, and opens what it does not know.</summary>
internal static class PlainSales
{
    /// <summary>The first line of a file.</summary>
    public const string Header = "store,ticket,line,sold_at,sku,quantity,unit_price\n";

    public static async Task MapAsync(HttpClient client)
    {
        var mapping = new
        {
            name = "all",
            kind = "sales",
            builtIn = false,
            constants = new { },
            lineNumber = "column",
            unknownProducts = "create",
            unknownStores = "create",
            columns = new { store = "store", ticket = "ticket", line = "line", sold_at = "sold_at", sku = "sku", quantity = "quantity", unit_price = "unit_price" },
        };
        using var kept = await client.PutAsJsonAsync("api/v1/import-mappings/all?kind=sales", mapping);
        await kept.ShouldBeJsonAsync();
    }

    /// <param name="lines">Without the header.</param>
    public static Task<HttpResponseMessage> SendAsync(HttpClient client, string lines) =>
        client.PostAsync("api/v1/imports?kind=sales&mapping=all", new StringContent(Header + lines, Encoding.UTF8, "text/csv"));
}
