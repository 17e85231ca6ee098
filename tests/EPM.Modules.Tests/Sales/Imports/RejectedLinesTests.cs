using System.Net;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>Bad lines are told one by one; the mode decides what becomes of the good ones.</summary>
public sealed class RejectedLinesTests : SalesTest
{
    private const string Good = "N1,T1,1,2026-05-04T10:00:00Z,P1,2,1000,0,0.18,Awa";

    private static readonly string Mixed = File(
        Good, "N1,T1,2,32/05/2026,P1,2,1000,0,0.18,", "N1,T1,3,2026-05-04,P1,deux,1000,0,0.18,", "XX,T1,4,2026-05-04,P1,2,1000,0,0.18,", "N1,T1,5,2026-05-04,P9,2,1000,0,0.18,",
        "N1,,6,2026-05-04,P1,2,,0,0.18,", "N1,=T,x,2026-05-04,P1,2,1000,0,250,", "=SUM(A1),T1,9,2026-05-04,P1,,1000,0,0.18,");

    private static readonly string[] Why =
    [
        "3 sold_at import_not_a_date", "4 quantity import_not_a_number", "5 store import_store_unknown", "6 sku import_product_unknown",
        "7 unit_price import_required", "7 ticket import_required", "8 tax_rate import_not_a_rate", "8 ticket import_ticket_reserved", "8 line import_not_a_line_number", "9 quantity import_required",
    ];

    [Fact]
    public async Task Partial_keeps_the_good_lines_and_explains_each_bad_one()
    {
        var import = await Tenant.ImportAsync(Mixed);
        import.Told().ShouldBe("completed: 8 read, 1 added, 0 updated, 0 unchanged, 7 rejected");
        (await Tenant.WhyAsync(import)).ShouldBe(Why);
        (await Tenant.LinesAsync()).Length.ShouldBe(1);
        await Tenant.CellsShouldBeExactAsync();
    }

    [Fact]
    public async Task Each_reason_is_told_in_the_language_of_the_caller_with_what_to_do()
    {
        var import = await Tenant.ImportAsync(Mixed);
        var french = (await Tenant.ErrorsAsync(import))[1];
        french.GetProperty("message").GetString()!.ShouldContain("deux");
        french.GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
        french.GetProperty("content").GetString().ShouldBe("N1,T1,3,2026-05-04,P1,deux,1000,0,0.18,");
        var id = import.GetProperty("id").GetGuid();
        var english = await EnglishAsync();
        var told = (await english.GetJsonAsync($"/api/v1/imports/{id}/errors?format=json")).GetProperty("items")[1];
        told.GetProperty("message").GetString().ShouldNotBe(french.GetProperty("message").GetString());
        foreach (var error in await Tenant.ErrorsAsync(import))
        {
            error.GetProperty("message").GetString().ShouldNotBe(error.GetProperty("code").GetString(), "every code has a sentence");
            error.GetProperty("fix").GetString().ShouldNotBe(error.GetProperty("code").GetString() + ".fix", "every code says what to do");
        }
        (await (await Tenant.As(Roles.Admin)).GetJsonAsync($"/api/v1/imports/{id}/errors?format=json&page=2&size=4")).GetProperty("items").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task The_list_of_errors_opens_in_a_spreadsheet_as_text()
    {
        var import = await Tenant.ImportAsync(Mixed);
        using var response = await (await Tenant.As(Roles.Admin)).GetAsync($"/api/v1/imports/{import.GetProperty("id").GetGuid()}/errors");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        var lines = (await response.Content.ReadAsStringAsync()).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("line;column;code;message;fix;content");
        lines.Length.ShouldBe(Why.Length + 1);
        lines[^1].ShouldEndWith(";\"'=SUM(A1),T1,9,2026-05-04,P1,,1000,0,0.18,\"");
    }

    [Fact]
    public async Task Atomic_keeps_nothing_of_a_file_with_a_bad_line_and_all_of_a_good_one()
    {
        var refused = await Tenant.ImportAsync(Mixed, "mode=atomic");
        refused.State().ShouldBe("failed");
        refused.GetProperty("failure").GetProperty("code").GetString().ShouldBe("import_refused_whole");
        refused.GetProperty("failure").GetProperty("message").GetString().ShouldNotBe("import_refused_whole");
        (await Tenant.WhyAsync(refused)).ShouldBe(Why);
        (await Tenant.LinesAsync()).ShouldBeEmpty();
        (await Tenant.CellsAsync()).ShouldBeEmpty();
        (await Tenant.ImportAsync(File(Good), "mode=atomic")).Told().ShouldBe("completed: 1 read, 1 added, 0 updated, 0 unchanged, 0 rejected");
        (await Tenant.LinesAsync()).Length.ShouldBe(1);
        await Tenant.CellsShouldBeExactAsync();
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_import_would_and_keeps_nothing()
    {
        await Tenant.SellAsync(File(Good));
        var (lines, cells) = (await Tenant.LinesAsync(), await Tenant.CellsAsync());
        var file = Mixed.Replace("P1,2,1000,0,0.18,Awa", "P1,7,1000,0,0.18,Awa", StringComparison.Ordinal) + "N2,T2,1,2026-05-04,P1,1,10,0,0,\nN2,T2,1,2026-05-04,P1,1,10,0,0,\nN2,T2,1,2026-05-04,P1,2,10,0,0,\n";
        var dry = await Tenant.ImportAsync(file, "dryRun=true");
        (await Tenant.LinesAsync()).ShouldBe(lines);
        (await Tenant.CellsAsync()).ShouldBe(cells);
        var real = await Tenant.ImportAsync(file);
        dry.Told().ShouldBe(real.Told());
        real.Told().ShouldBe("completed: 11 read, 1 added, 1 updated, 1 unchanged, 8 rejected");
        (await Tenant.WhyAsync(dry)).ShouldBe(await Tenant.WhyAsync(real));
        dry.GetProperty("effect").ToString().ShouldBe(real.GetProperty("effect").ToString());
    }

    [Fact]
    public async Task A_dry_run_that_would_open_stores_and_products_opens_none()
    {
        const string File = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,X1,UN,1,2026-01-02 10:00,5,,France\n1,X2,DEUX,1,2026-01-02 10:00,5,,France\n2,X1,UN,-1,2026-01-03 10:00,5,,Mali\n";
        var dry = await Tenant.ImportAsync(File, "mapping=uci-online-retail&dryRun=true");
        var analyst = await Tenant.As(Roles.Analyst);
        (await analyst.GetJsonAsync("/api/v1/stores")).GetProperty("items").GetArrayLength().ShouldBe(3);
        (await analyst.GetJsonAsync("/api/v1/products")).GetProperty("total").GetInt32().ShouldBe(3);
        (await Tenant.LinesAsync()).ShouldBeEmpty();
        var real = await Tenant.ImportAsync(File, "mapping=uci-online-retail");
        (dry.Told(), real.Told()).ShouldBe((real.Told(), "completed: 3 read, 3 added, 0 updated, 0 unchanged, 0 rejected"));
        (await analyst.GetJsonAsync("/api/v1/stores")).GetProperty("items").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task A_file_sent_by_somebody_who_sees_few_stores_changes_only_those()
    {
        var integrator = await Tenant.As(Roles.Integrator, Stores.Chain.Regions("nord"));
        using var response = await integrator.PostAsync("/api/v1/imports?kind=sales", Uploads.Csv(File(Good, "S1,T1,1,2026-05-04T10:00:00Z,P1,2,1000,0,0.18,")));
        var import = await Tenant.EndOfAsync(await response.IdAsync());
        (await Tenant.WhyAsync(import)).ShouldBe(["3 store import_store_unknown"]);
        (await Tenant.LinesAsync()).Single().ShouldStartWith("N1 ");
        foreach (var role in new[] { Roles.StoreManager, Roles.Analyst })
        {
            using var refused = await (await Tenant.As(role)).PostAsync("/api/v1/imports?kind=sales", Uploads.Csv(File(Good)));
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    private Task<HttpClient> EnglishAsync() => EnglishPerson.SignInAsync(Tenant);
}
