using System.Net;
using System.Text.Json;
using EPM.Modules.Tests.Sales.Imports;
using EPM.Modules.Tests.Sales.Metrics;
using EPM.Modules.Tests.Stores;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Tickets;

/// <summary>At the end of every drill stand the tickets that the figures come from.</summary>
public sealed class TicketsTests : FiguresTest
{
    [Theory]
    [InlineData("", "S1/T5 S1/T4 N2/T3 N1/T2 N1/T1")]
    [InlineData("&store=N1", "N1/T2 N1/T1")]
    [InlineData("&region=sud", "S1/T5 S1/T4")]
    [InlineData("&product=P1", "S1/T4 N2/T3 N1/T1")]
    [InlineData("&category=b", "S1/T5 N1/T1")]
    [InlineData("&category=a", "S1/T4 N2/T3 N1/T2 N1/T1")]
    public async Task Tickets_are_listed_newest_first_and_narrowed_as_the_figures_are(string filter, string expected)
    {
        var page = await ListAsync(October + filter);
        string.Join(' ', page.GetProperty("items").EnumerateArray().Select(Name)).ShouldBe(expected);
        page.GetProperty("total").GetInt32().ShouldBe(expected.Split(' ').Length);
    }

    [Fact]
    public async Task A_listed_ticket_tells_its_sums_and_the_clock_of_its_store()
    {
        var first = (await ListAsync($"{October}&store=N1&page=2&size=1")).GetProperty("items")[0];
        first.ToString().ShouldBe("""{"store":"N1","storeName":"Magasin N1","ticket":"T1","soldAt":"2026-10-05T10:15:00+00:00","localTime":"2026-10-05T10:15:00","lines":2,"units":3,"revenue":2810,"customer":"Awa"}""");
        (await ListAsync($"{October}&page=9&size=2")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_ticket_tells_its_lines_tax_and_the_import_it_came_by()
    {
        var import = await Tenant.SellAsync(File("N1,T1,3,2026-10-05T10:15:00Z,P3,1,590,0,0.18,Awa"));
        var ticket = await (await Tenant.As(Roles.Director)).GetJsonAsync("/api/v1/sales/tickets/N1/T1");
        ticket.GetProperty("lines").EnumerateArray().Select(line => string.Join(' ', new[] { "line", "sku", "quantity", "unitPrice", "discount", "taxRate", "revenue" }.Select(name => Number(line.GetProperty(name)))))
            .ShouldBe(["1 P1 2 1180 0 0.18 2360", "2 P2 1 500 50 0 450", "3 P3 1 590 0 0.18 590"]);
        (Number(ticket.GetProperty("revenue")), Number(ticket.GetProperty("tax")), ticket.GetProperty("customer").GetString()).ShouldBe(("3400", "450", "Awa"));
        ticket.GetProperty("importNumber").GetInt32().ShouldBe(import.GetProperty("number").GetInt32());
    }

    [Theory]
    [InlineData("2026/10/0001")]
    [InlineData("F 12+3")]
    [InlineData("été#1?x=1%")]
    public async Task Whatever_a_till_calls_a_ticket_it_can_be_opened(string number)
    {
        await Tenant.SellAsync(File($"N1,{number},1,2026-10-08T10:15:00Z,P1,2,1180,0,0.18,"));
        Name((await ListAsync("from=2026-10-08&to=2026-10-08")).GetProperty("items")[0]).ShouldBe("N1/" + number);
        var ticket = await (await Tenant.As(Roles.Director)).GetJsonAsync($"/api/v1/sales/tickets/N1/{Uri.EscapeDataString(number)}");
        ticket.GetProperty("ticket").GetString().ShouldBe(number);
    }

    [Fact]
    public async Task A_ticket_outside_the_scope_does_not_exist()
    {
        var manager = await Tenant.As(Roles.StoreManager, Chain.Only("N2"));
        foreach (var path in new[] { "N1/T1", "N2/T1", "N2/none", "XX/T1" })
        {
            using var response = await manager.GetAsync("/api/v1/sales/tickets/" + path);
            await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
        (await manager.GetJsonAsync("/api/v1/sales/tickets/N2/T3")).GetProperty("lines").GetArrayLength().ShouldBe(2);
        using var integrator = await (await Tenant.As(Roles.Integrator)).GetAsync("/api/v1/sales/tickets/N2/T3");
        integrator.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Tickets_are_looked_at_a_quarter_at_a_time()
    {
        using var response = await (await Tenant.As(Roles.Director)).GetAsync("/api/v1/sales/tickets?from=2026-01-01&to=2026-12-31");
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "tickets_period_too_long");
    }

    [Fact]
    public async Task A_day_is_the_day_of_the_store_wherever_it_lies()
    {
        await Tenant.AddRegionAsync("est");
        var store = Chain.Store("E1", "est");
        store["timeZone"] = "Asia/Tokyo";
        using var opened = await (await Tenant.As(Roles.Admin)).PostAsync("/api/v1/stores", System.Net.Http.Json.JsonContent.Create(store));
        opened.EnsureSuccessStatusCode();
        await Tenant.SellAsync(File("E1,L1,1,2026-08-01 08:30,P1,1,1000,0,0,", "E1,L2,1,2026-08-01T23:30:00Z,P1,1,1000,0,0,", "E1,L3,1,2026-08-03,P1,1,1000,0,0,"));
        (await ListAsync("from=2026-08-02&to=2026-08-02")).GetProperty("items").EnumerateArray().Select(ticket => $"{Name(ticket)} {ticket.GetProperty("localTime")}").ShouldBe(["E1/L2 2026-08-02T08:30:00"]);
        (await AskAsync("metrics=revenue&by=day,hour&from=2026-08-01&to=2026-08-31")).ShouldBe(["2026-08-01|08: 1000", "2026-08-02|08: 1000", "total: 3000"]);
        await Tenant.CellsShouldBeExactAsync();
    }

    private async Task<JsonElement> ListAsync(string query) => await (await Tenant.As(Roles.Director)).GetJsonAsync("/api/v1/sales/tickets?" + query);

    private static string Name(JsonElement ticket) => $"{ticket.GetProperty("store")}/{ticket.GetProperty("ticket")}";
}
