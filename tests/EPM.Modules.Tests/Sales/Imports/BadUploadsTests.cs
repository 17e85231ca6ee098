using System.IO.Compression;
using System.Net;
using System.Text;
using EPM.Platform.Security;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Sales.Imports;

/// <summary>What could never be read to its end is refused at the door, with a sentence, and leaves nothing behind.</summary>
public sealed class BadUploadsTests : SalesTest
{
    private static readonly string One = File("N1,T1,1,2026-05-04T10:00:00Z,P1,2,1000,0,0.18,");

    public static TheoryData<string, string, int, string> Cases => new()
    {
        { "nothing", "text/csv", 400, "import_empty" },
        { "a null byte", "text/csv", 400, "import_binary" },
        { "a null byte far in", "text/csv", 400, "import_binary" },
        { "a zip archive", "text/csv", 415, "import_archive" },
        { "a compressed zip archive", "application/gzip", 415, "import_archive" },
        { "a workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 415, "import_body_kind" },
        { "an old workbook", "application/vnd.ms-excel", 415, "import_not_text" },
        { "a pdf", "text/csv", 415, "import_not_text" },
        { "utf-16", "text/csv", 415, "import_utf16" },
        { "utf-16 big endian", "text/csv", 415, "import_utf16" },
        { "utf-16 without its mark", "text/csv", 400, "import_binary" },
        { "lone carriage returns", "text/csv", 400, "import_lone_cr" },
        { "an open quote", "text/csv", 400, "import_open_quote" },
        { "a line of 300 KB", "text/csv", 400, "import_line_too_long" },
        { "a header of 300 KB", "text/csv", 400, "import_line_too_long" },
        { "a quoted field of 2 MB", "text/csv", 400, "import_line_too_long" },
        { "a header of 600 columns", "text/csv", 400, "import_unreadable" },
        { "a gzip bomb", "application/gzip", 413, "import_bomb" },
        { "a broken gzip", "application/gzip", 400, "import_gzip_broken" },
        { "a gzip cut short", "application/gzip", 400, "import_gzip_broken" },
        { "missing columns", "text/csv", 400, "import_columns_missing" },
        { "a web page", "text/csv", 400, "import_columns_missing" },
        { "an image", "image/png", 415, "import_body_kind" },
        { "broken JSON", "application/json", 400, "body_unreadable" },
        { "an array of numbers", "application/json", 400, "import_columns_missing" },
        { "a form without a boundary", "multipart/form-data", 400, "import_form_broken" },
        { "a form without a file", "multipart/form-data; boundary=xyz", 400, "import_form_empty" },
        { "a form cut short", "multipart/form-data; boundary=xyz", 400, "import_form_broken" },
        { "a deflate bomb of a thousand to one", "application/gzip", 413, "import_bomb" },
        { "a bomb inside a gzip inside a gzip", "application/gzip", 400, "import_binary" },
        { "a gzip that lies about its size", "application/gzip", 400, "import_gzip_broken" },
        { "a gzip with a wrong checksum", "application/gzip", 400, "import_gzip_broken" },
        { "a gzip with something behind it", "application/gzip", 400, "import_gzip_broken" },
        { "utf-16 inside a gzip", "application/gzip", 415, "import_utf16" },
        { "a null inside a gzip", "application/gzip", 400, "import_binary" },
        { "utf-32", "text/csv", 415, "import_utf16" },
        { "a program", "text/csv", 400, "import_binary" },
        { "a 7z archive", "text/csv", 400, "import_binary" },
        { "a picture that is a table too", "text/csv", 400, "import_columns_missing" },
        { "a table that is an archive too", "text/csv", 400, "import_binary" },
        { "XML with entities", "text/csv", 400, "import_columns_missing" },
        { "XML as it is", "application/xml", 415, "import_body_kind" },
        { "a mark and nothing else", "text/csv", 400, "import_columns_missing" },
        { "line ends and nothing else", "text/csv", 400, "import_columns_missing" },
        { "a thousand quotes", "text/csv", 400, "import_columns_missing" },
        { "JSON ten thousand deep", "application/json", 400, "body_unreadable" },
        { "JSON lines ten thousand deep", "application/x-ndjson", 400, "import_columns_missing" },
        { "a form with a boundary of 200", "multipart/form-data; boundary=" + new string('b', 200), 400, "import_form_broken" },
        { "a form with endless headers", "multipart/form-data; boundary=xyz", 400, "import_form_broken" },
        { "a form with ten thousand parts", "multipart/form-data; boundary=xyz", 400, "import_form_empty" },
        { "a form with a bomb", "multipart/form-data; boundary=xyz", 413, "import_bomb" },
        { "a form that is none", "multipart/form-data; boundary=xyz", 400, "import_form_broken" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_file_that_cannot_be_read_is_refused_and_leaves_nothing(string what, string type, int status, string code)
    {
        using var response = await Tenant.UploadAsync(Uploads.Bytes(Body(what), type), key: "key");
        var problem = await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
        problem.Title.ShouldNotContain("{", Case.Sensitive, "every place of the sentence is filled");
        (await (await Tenant.As(Roles.Admin)).GetJsonAsync("/api/v1/imports")).GetProperty("total").GetInt32().ShouldBe(0);
        (await Tenant.AskAsync<long>("SELECT (SELECT count(*) FROM sales.import_chunk) + (SELECT count(*) FROM sales.import)")).ShouldBe(0);
        var uploads = Path.Combine(Host.Services.GetRequiredService<EPM.Platform.Modules.EpmSettings>().DataDirectory, "uploads");
        (Directory.Exists(uploads) ? Directory.GetFiles(uploads) : []).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sentence_follows_the_language_of_the_caller()
    {
        using var french = await Tenant.UploadAsync(Uploads.Csv("a,b\n1,2\n"));
        var told = (await french.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "import_columns_missing")).Title;
        told.ShouldContain("sold_at");
        using var detected = await (await EnglishPerson.SignInAsync(Tenant)).GetAsync($"/api/v1/imports/{Guid.Empty}");
        (await detected.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found")).Title.ShouldNotContain("introuvable");
    }

    [Theory]
    [InlineData("kind=ventes", 400, "import_kind_unknown")]
    [InlineData("kind=sales&mode=half", 400, "import_mode_unknown")]
    public async Task An_unknown_kind_or_mode_is_refused(string query, int status, string code)
    {
        using var response = await (await Tenant.As(Roles.Admin)).PostAsync("/api/v1/imports?" + query, Uploads.Csv(One));
        await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
    }

    [Theory]
    [InlineData("nothing", 400, "import_empty")]
    [InlineData("a zip archive", 415, "import_archive")]
    [InlineData("a header of 300 KB", 400, "import_line_too_long")]
    [InlineData("a null byte", 400, "import_binary")]
    public async Task The_wizard_refuses_them_too(string what, int status, string code)
    {
        using var response = await (await Tenant.As(Roles.Admin)).PostAsync("/api/v1/imports/detect?kind=sales", Uploads.Bytes(Body(what), "text/csv"));
        await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
    }

    private static byte[] Body(string what) => what switch
    {
        "nothing" => [],
        "a null byte" => Text(One.Replace("T1", "T\0", StringComparison.Ordinal)),
        "a null byte far in" => Text(One + string.Concat(Enumerable.Repeat("N1,T2,1,2026-05-04,P1,2,1000,0,0.18,\n", 40_000)) + "\0"),
        "a zip archive" or "a workbook" => Zip(),
        "a compressed zip archive" => Gzip(Zip()),
        "an old workbook" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        "a pdf" => Text("%PDF-1.7\n"),
        "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(One)],
        "utf-16 big endian" => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(One)],
        "utf-16 without its mark" => Encoding.Unicode.GetBytes(One),
        "lone carriage returns" => Text(One.Replace('\n', '\r')),
        "a deflate bomb of a thousand to one" => Gzip(Text(One + new string('\n', 60 << 20))),
        "a bomb inside a gzip inside a gzip" => Gzip(Gzip(Text(One + new string('\n', 20 << 20)))),
        "a gzip that lies about its size" => Altered(Gzip(Text(One)), ^1),
        "a gzip with a wrong checksum" => Altered(Gzip(Text(One)), ^6),
        "a gzip with something behind it" => [.. Gzip(Text(One)), .. Text("and more")],
        "utf-16 inside a gzip" => Gzip(Body("utf-16")),
        "a null inside a gzip" => Gzip(Body("a null byte")),
        "utf-32" => [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(One)],
        "a program" => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0],
        "a 7z archive" => [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4],
        "a picture that is a table too" => Text("GIF89a,ticket\n1,2\n"),
        "a table that is an archive too" => [.. Text(One), .. Zip()],
        "XML with entities" or "XML as it is" => Text("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n<a>&b;</a>\n"),
        "a mark and nothing else" => Encoding.UTF8.GetPreamble(),
        "line ends and nothing else" => Text("\n\r\n\n"),
        "a thousand quotes" => Text(new string('"', 1_000) + "\n1\n"),
        "JSON ten thousand deep" => Text(new string('[', 10_000) + new string(']', 10_000)),
        "JSON lines ten thousand deep" => Text("{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}\n"),
        "a form with endless headers" => Text($"--xyz\r\n{string.Concat(Enumerable.Range(0, 2_000).Select(i => $"X-{i}: {i}\r\n"))}\r\n1\r\n--xyz--\r\n"),
        "a form with ten thousand parts" => Text(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"--xyz\r\nContent-Disposition: form-data; name=\"{i}\"\r\n\r\n{i}\r\n")) + "--xyz--\r\n"),
        "a form with a bomb" => [.. Text("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv.gz\"\r\n\r\n"), .. Body("a deflate bomb of a thousand to one"), .. Text("\r\n--xyz--\r\n")],
        "an open quote" => Text(One + "N1,\"T2,1,2026-05-04,P1,2,1000,0,0.18,\n"),
        "a line of 300 KB" => Text($"{One}N1,{new string('x', 300_000)},1,2026-05-04,P1,2,1000,0,0.18,\n"),
        "a header of 300 KB" => Text($"{new string('x', 300_000)},{One}"),
        "a quoted field of 2 MB" => Text($"{One}N1,\"{string.Concat(Enumerable.Repeat("ligne\n", 350_000))}\",1,2026-05-04,P1,2,1000,0,0.18,\n"),
        "a header of 600 columns" => Text(string.Join(',', Enumerable.Range(0, 600).Select(i => $"c{i}")) + "\n1\n"),
        "a gzip bomb" => Gzip(Text(One + string.Concat(Enumerable.Repeat("N1,T2,1,2026-05-04,P1,2,1000,0,0.18,\n", 1_000_000)))),
        "a broken gzip" => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)0xEE, 200)],
        "a gzip cut short" => Gzip(Text(One + string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"N1,T{i * 7919 % 10_007},1,2026-05-04,P1,2,{i},0,0.18,"))))[..^5_000],
        "missing columns" => Text("store,ticket\nN1,T1\n"),
        "a web page" => Text("<!doctype html><html><body>Sign in</body></html>"),
        "an image" => [0x89, 0x50, 0x4E, 0x47],
        "broken JSON" => Text("[{\"sku\":"),
        "an array of numbers" => Text("[1,2]"),
        "a form without a file" => Text("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--\r\n"),
        "a form cut short" => Text($"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\n\r\n{One}"),
        _ => Text(One),
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("xl/workbook.xml").Open())
            entry.Write("<workbook/>"u8);
        return target.ToArray();
    }

    private static byte[] Altered(byte[] bytes, Index at)
    {
        bytes[at] ^= 0x5A;
        return bytes;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return target.ToArray();
    }
}
