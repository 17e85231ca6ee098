using System.Buffers;
using System.Globalization;
using System.Text;

namespace EPM.Platform.Documents;

/// <summary>
/// The one writer of CSV that the product gives out: RFC 4180, with the mark that tells spreadsheets of UTF-8, the separator and the
/// decimal mark of the reader's language, and no cell that a spreadsheet would run.
/// </summary>
public sealed class CsvExport : IAsyncDisposable
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly SearchValues<char> ToQuote = SearchValues.Create(",;\t\"\r\n");

    private readonly StreamWriter _writer;
    private readonly char _separator;
    private readonly CultureInfo _numbers;

    /// <param name="to">Left open.</param>
    /// <param name="language">fr or en.</param>
    public CsvExport(Stream to, string language)
    {
        _writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16_384, leaveOpen: true);
        var french = language == "fr";
        _separator = french ? ';' : ',';
        _numbers = CultureInfo.ReadOnly(new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = french ? "," : "." } });
    }

    /// <summary>A whole file in memory, for what is known to be small.</summary>
    public static async Task<byte[]> FileAsync(string language, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var bytes = new MemoryStream();
        await using (var csv = new CsvExport(bytes, language))
        {
            await csv.RowAsync(header);
            foreach (var row in rows)
                await csv.RowAsync(row);
        }
        return bytes.ToArray();
    }

    /// <param name="cells">Numbers stay numbers, dates are written as ISO 8601, everything else is text.</param>
    public async Task RowAsync(IReadOnlyList<object?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                await _writer.WriteAsync(_separator);
            await _writer.WriteAsync(Cell(cells[i]));
        }
        await _writer.WriteAsync("\r\n");
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private string Cell(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        decimal or double or float => Quoted(Convert.ToString(value, _numbers)!),
        _ => Quoted(CellText.Guard(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")),
    };

    // Either separator, so that a file reads the same to whoever guesses it.
    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(ToQuote) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
