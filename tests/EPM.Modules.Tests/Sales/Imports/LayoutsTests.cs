using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using EPM.Platform.Security;
using EPM.TestKit;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>However a file is written, the same sales are the same lines.</summary>
public sealed class LayoutsTests : SalesTest
{
    private static readonly string[] Expected =
    [
        "N1 T1/1 2025-12-31T18:05:00 P1 2×1250.5-0 1800bp Aïssatou",
        "N1 T1/2 2025-12-31T18:05:00 P2 -1×500-25.25 0bp",
        "S1 Été/1 2026-01-02T00:00:00 P3 1.5×1000-0 1800bp",
    ];

    private static readonly string Canonical = File(
        "N1,T1,1,2025-12-31T18:05:00Z,P1,2,1250.5,,0.18,Aïssatou", "N1,T1,2,2025-12-31T18:05:00Z,P2,-1,500,25.25,0,", "S1,Été,1,2026-01-02,P3,1.5,1000,0,18,");

    [Fact]
    public async Task A_French_spreadsheet_gives_the_same_lines_as_the_canonical_file()
    {
        var french = "Magasin;N° ticket;Ligne;Date vente;Référence;Quantité;Prix unitaire;Remise;TVA;Client\r\n"
            + "N1;T1;1;31/12/2025 18:05;P1;2;1 250,50;;18 %;Aïssatou\r\nN1;T1;2;31/12/2025 18:05;P2;-1;500,00;25,25;0;\r\nS1;Été;1;02/01/2026;P3;1,5;1\u00a0000,00;0;18;\r\n";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(french);
        (await Tenant.ImportAsync(Uploads.Bytes(bytes, "text/csv"))).Told().ShouldBe("completed: 3 read, 3 added, 0 updated, 0 unchanged, 0 rejected");
        (await Tenant.LinesAsync()).ShouldBe(Expected);
        (await Tenant.ImportAsync(Canonical)).Told().ShouldBe("completed: 3 read, 0 added, 0 updated, 3 unchanged, 0 rejected");
    }

    [Fact]
    public async Task A_byte_order_mark_quotes_tabs_and_empty_lines_change_nothing()
    {
        await Tenant.SellAsync("\ufeff" + Canonical);
        (await Tenant.LinesAsync()).ShouldBe(Expected);
        var tabs = string.Concat(Canonical.Replace("Aïssatou", "\"Aïssatou\"", StringComparison.Ordinal).Replace(',', '\t').Split('\n').Select(line => line + "\r\n\r\n"));
        (await Tenant.ImportAsync(tabs)).Told().ShouldBe("completed: 3 read, 0 added, 0 updated, 3 unchanged, 0 rejected");
    }

    [Theory]
    [InlineData("application/x-ndjson", false)]
    [InlineData("application/json", true)]
    public async Task JSON_lines_and_a_JSON_array_give_the_same_lines(string type, bool array)
    {
        string[] objects =
        [
            """{"store":"N1","ticket":"T1","line":1,"sold_at":"2025-12-31T18:05:00Z","sku":"P1","quantity":2,"unit_price":1250.5,"discount":null,"tax_rate":0.18,"customer":"Aïssatou"}""",
            """{"store":"N1","ticket":"T1","line":"2","sold_at":"2025-12-31T18:05:00Z","sku":"P2","quantity":-1,"unit_price":"500","discount":25.25,"tax_rate":0}""",
            """{"customer":"","store":"S1","ticket":"\u00c9t\u00e9","line":1,"sold_at":"2026-01-02","sku":"P3","quantity":1.5,"unit_price":1000,"tax_rate":18}""",
        ];
        var body = array ? $"[\n{string.Join(",\n", objects.Select(one => one.Replace(",\"", ",\n \"", StringComparison.Ordinal)))}]" : string.Join('\n', objects);
        (await Tenant.ImportAsync(Uploads.Bytes(Encoding.UTF8.GetBytes(body), type))).Told().ShouldBe("completed: 3 read, 3 added, 0 updated, 0 unchanged, 0 rejected");
        (await Tenant.LinesAsync()).ShouldBe(Expected);
    }

    [Fact]
    public async Task A_JSON_property_that_only_later_objects_have_is_read_all_the_same()
    {
        const string Body = """
            {"store":"N1","ticket":"T1","line":1,"sold_at":"2026-01-02","sku":"P1","quantity":1,"unit_price":1000}
            {"store":"N1","ticket":"T1","line":2,"sold_at":"2026-01-02","sku":"P2","quantity":1,"unit_price":1000,"discount":100}
            """;
        await Tenant.ImportAsync(Uploads.Bytes(Encoding.UTF8.GetBytes(Body), "application/x-ndjson"));
        (await Tenant.LinesAsync())[1].ShouldBe("N1 T1/2 2026-01-02T00:00:00 P2 1×1000-100 1800bp");
    }

    [Fact]
    public async Task A_compressed_file_is_unpacked_and_a_form_brings_its_file_name()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Canonical));
        (await Tenant.ImportAsync(Uploads.Bytes(packed.ToArray(), "application/gzip"), "file=ventes.csv.gz")).GetProperty("file").GetString().ShouldBe("ventes.csv.gz");
        (await Tenant.LinesAsync()).ShouldBe(Expected);
        using var form = new MultipartFormDataContent { { Uploads.Csv(Canonical), "file", "décembre.csv" } };
        var import = await Tenant.ImportAsync(form);
        import.GetProperty("unchanged").GetInt64().ShouldBe(3);
        import.GetProperty("file").GetString()!.ShouldContain("cembre.csv");
    }

    [Fact]
    public async Task A_saved_mapping_turns_a_foreign_layout_into_lines()
    {
        using var saved = await (await Tenant.As(Roles.Admin)).PutAsJsonAsync("/api/v1/import-mappings/caisse", new
        {
            name = "caisse",
            kind = "sales",
            builtIn = false,
            columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = "Fac", ["sold_at"] = "Le", ["sku"] = "Art", ["quantity"] = "Nb", ["unit_price"] = "Val" },
            constants = new Dictionary<string, string>(StringComparer.Ordinal) { ["store"] = "N2" },
            lineNumber = "ordinal",
            unknownProducts = "reject",
            unknownStores = "reject",
            separator = "|",
            dateOrder = "mdy",
            @decimal = ",",
        });
        await saved.ShouldBeJsonAsync();
        var import = await Tenant.ImportAsync("Fac|Le|Art|Nb|Val|Note\nF1|01/02/2026|P1|1|10,5|x\nF1|01/02/2026|P2|2|20|y\nF2|01/02/2026|P9|1|1|z\n", "mapping=caisse");
        import.Told().ShouldBe("completed: 3 read, 2 added, 0 updated, 0 unchanged, 1 rejected");
        (await Tenant.WhyAsync(import)).ShouldBe(["4 sku import_product_unknown"]);
        (await Tenant.LinesAsync()).ShouldBe(["N2 F1/1 2026-01-02T00:00:00 P1 1×10.5-0 1800bp", "N2 F1/2 2026-01-02T00:00:00 P2 2×20-0 1800bp"]);
        using var unknown = await Tenant.UploadAsync(Uploads.Csv(Canonical), "mapping=autre");
        await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "import_mapping_unknown");
    }

    [Fact]
    public async Task The_simplest_file_of_a_shop_needs_a_day_a_product_and_a_quantity()
    {
        const string Simple = "date,product_id,quantity\n2026-01-05,P1,3\n2026-01-05,Nouveau,2\n2026-01-06,P1,-1\n";
        var import = await Tenant.SellAsync(Simple);
        import.GetProperty("effect").GetProperty("stores").Words().ShouldBe(["principal"]);
        import.GetProperty("effect").GetProperty("revenue").GetDecimal().ShouldBe(3000);
        (await Tenant.LinesAsync()).ShouldBe(
        [
            "principal =20260105:Nouveau/0 2026-01-05T00:00:00 Nouveau 2×0-0 0bp",
            "principal =20260105:P1/0 2026-01-05T00:00:00 P1 3×1500-0 1800bp",
            "principal =20260106:P1/0 2026-01-06T00:00:00 P1 -1×1500-0 1800bp",
        ]);
        (await Tenant.ImportAsync(Simple.Replace("P1,3", "P1,4", StringComparison.Ordinal))).Told().ShouldBe("completed: 3 read, 0 added, 1 updated, 2 unchanged, 0 rejected");
    }

    [Fact]
    public async Task A_real_online_retail_file_opens_its_stores_and_products_and_sums_to_the_penny()
    {
        const string Uci = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            600001,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
            600001,22752,"SET 7 ""BABUSHKA"", RED",2,2010-12-01 08:26:00,7.65,17850,United Kingdom
            600001,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
            C600002,85123A,WHITE HANGING HEART,-1,2010-12-01 09:41:00,2.55,17850,United Kingdom
            600003,POST,POSTAGE,3,2010-12-01 08:45:00,18.013,,EIRE

            """;
        var import = await Tenant.SellAsync(Uci, "mapping=uci-online-retail");
        import.GetProperty("effect").GetProperty("revenue").GetDecimal().ShouldBe(97.389m);
        (await Tenant.LinesAsync()).ShouldBe(
        [
            "eire 600003/1 2010-12-01T08:45:00 POST 3×18.013-0 0bp",
            "united-kingdom 600001/1 2010-12-01T08:26:00 85123A 6×2.55-0 0bp 17850",
            "united-kingdom 600001/2 2010-12-01T08:26:00 22752 2×7.65-0 0bp 17850",
            "united-kingdom 600001/3 2010-12-01T08:26:00 85123A 6×2.55-0 0bp 17850",
            "united-kingdom C600002/1 2010-12-01T09:41:00 85123A -1×2.55-0 0bp 17850",
        ]);
        var analyst = await Tenant.As(Roles.Analyst);
        (await analyst.GetJsonAsync("/api/v1/stores/united-kingdom")).GetProperty("name").GetString().ShouldBe("United Kingdom");
        (await analyst.GetJsonAsync("/api/v1/products/22752")).GetProperty("name").GetString().ShouldBe("SET 7 \"BABUSHKA\", RED");
        (await Tenant.ImportAsync(Uci, "mapping=uci-online-retail")).Told().ShouldBe("completed: 5 read, 0 added, 0 updated, 5 unchanged, 0 rejected");
    }

    [Fact]
    public async Task The_wizard_is_told_how_a_file_would_be_read()
    {
        using var response = await (await Tenant.As(Roles.Admin)).PostAsync("/api/v1/imports/detect?kind=sales", Uploads.Csv("magasin;date;article;qte;prix;note\nN1;31/12/2025;P1;1;10,5;x\n"));
        var told = await response.ShouldBeJsonAsync();
        new[] { "format", "encoding", "separator", "decimal", "dateOrder" }.Select(name => told.GetProperty(name).GetString()).ShouldBe(["csv", "utf-8", ";", ",", "dmy"]);
        told.GetProperty("columns").EnumerateArray().Select(column => $"{column.GetProperty("name")}={column.GetProperty("target")}")
            .ShouldBe(["magasin=store", "date=sold_at", "article=sku", "qte=quantity", "prix=unit_price", "note="]);
        told.GetProperty("missing").Words().ShouldBeEmpty();
    }
}
