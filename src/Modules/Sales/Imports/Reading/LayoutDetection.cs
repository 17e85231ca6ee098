using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EPM.Platform.Http;
using EPM.Platform.Imports;

namespace EPM.Sales.Imports.Reading;

/// <summary>Finds out how a file is written from its beginning.</summary>
internal static class LayoutDetection
{
    private const int SampleRecords = 200;
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <param name="head">The first bytes of the file; cut anywhere.</param>
    /// <exception cref="BadInput">Its beginning is no record that could ever be read.</exception>
    public static DetectedFile Detect(ReadOnlySpan<byte> head, IReadOnlyList<ImportColumn> columns, Mapping? mapping)
    {
        if (head.Length >= DelimitedReader.LongestRecord && !head.Contains((byte)'\n'))
            throw new BadInput("import_line_too_long", ("line", 1), ("most", DelimitedReader.LongestRecord));
        try
        {
            return DetectRecords(head, columns, mapping);
        }
        catch (InvalidDataException)
        {
            throw new BadInput("import_unreadable");
        }
    }

    private static DetectedFile DetectRecords(ReadOnlySpan<byte> head, IReadOnlyList<ImportColumn> columns, Mapping? mapping)
    {
        // A whole file may end without a line end; of a longer one the last line is cut.
        var end = head.Length < DelimitedReader.LongestRecord ? head.Length : WholeLines(head).Length;
        head = head[..end];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        var encoding = mapping?.Encoding ?? (LooksUtf8(head) ? "utf-8" : "windows-1252");
        var text = TextEncodings.Of(encoding).GetString(head);
        var json = text.AsSpan().TrimStart() is ['{', ..];
        var separator = mapping?.Separator is [var given] ? given : json ? ',' : SeparatorOf(text);
        var header = json ? Properties(text) : HeaderOf(text, separator);
        var targets = Targets(header, columns, mapping);
        var samples = Samples(text, json, separator, header);
        return new DetectedFile(
            new Layout
            {
                Format = json ? Layout.JsonLines : Layout.Csv,
                Encoding = encoding,
                Separator = separator,
                Decimal = mapping?.Decimal is [var mark] ? mark : json ? '.' : DecimalOf(samples, separator),
                DateOrder = mapping?.DateOrder is { } order ? DateOrders.Parse(order) : DateOrderOf(samples, targets),
                Header = header,
                Columns = targets.Select((target, index) => (target, index)).Where(t => t.target is not null)
                    .ToDictionary(t => t.target!, t => t.index, StringComparer.Ordinal),
                Constants = mapping?.Constants ?? new Dictionary<string, string>(StringComparer.Ordinal),
                LineIsOrdinal = mapping?.LineNumber == Mapping.Ordinal,
                CreatesProducts = mapping?.CreatesProducts ?? false,
                CreatesStores = mapping?.CreatesStores ?? false,
            },
            samples);
    }

    private static IReadOnlyList<string?> Targets(IReadOnlyList<string> header, IReadOnlyList<ImportColumn> columns, Mapping? mapping)
    {
        if (mapping is null)
            return Headers.Recognise(header, columns);
        var bySource = mapping.Columns.ToLookup(pair => Headers.Fold(pair.Value), pair => pair.Key, StringComparer.Ordinal);
        return [.. header.Select(name => bySource[Headers.Fold(name)].FirstOrDefault())];
    }

    private static bool LooksUtf8(ReadOnlySpan<byte> head) => Utf8.IsValid(WholeLines(head));

    // A cut in the middle of a line may be a cut in the middle of a character.
    private static ReadOnlySpan<byte> WholeLines(ReadOnlySpan<byte> head)
    {
        var end = head.LastIndexOf((byte)'\n');
        return end < 0 ? head : head[..(end + 1)];
    }

    private static char SeparatorOf(string text)
    {
        var first = text.AsSpan();
        var end = first.IndexOf('\n');
        if (end >= 0)
            first = first[..end];
        var best = ',';
        var most = 0;
        foreach (var separator in Separators)
        {
            var count = 0;
            var quoted = false;
            foreach (var c in first)
            {
                quoted ^= c == '"';
                count += c == separator && !quoted ? 1 : 0;
            }
            if (count > most)
                (best, most) = (separator, count);
        }
        return best;
    }

    private static string[] HeaderOf(string text, char separator)
    {
        var reader = new DelimitedReader(new StringReader(text), separator);
        if (!reader.Next())
            return [];
        var header = new string[reader.Count];
        for (var i = 0; i < header.Length; i++)
            header[i] = reader.Field(i).ToString();
        return header;
    }

    // Objects leave out what they have nothing to say of: a property may show up for the first time further down.
    private static string[] Properties(string text)
    {
        var names = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    names.AddRange(document.RootElement.EnumerateObject().Select(property => property.Name).Where(name => !names.Contains(name, StringComparer.Ordinal)));
            }
            catch (JsonException)
            {
                // Told as a rejected line once the file is read.
            }
        }
        return [.. names];
    }

    private static List<string[]> Samples(string text, bool json, char separator, IReadOnlyList<string> header)
    {
        var samples = new List<string[]>();
        using var source = new StringReader(text);
        RecordReader reader = json ? new JsonLinesReader(source, header) : new DelimitedReader(source, separator);
        if (!json)
            reader.Next();
        while (samples.Count < SampleRecords && reader.Next())
        {
            var record = new string[header.Count];
            for (var i = 0; i < record.Length; i++)
                record[i] = reader.Field(i).ToString();
            samples.Add(record);
        }
        return samples;
    }

    // A comma between digits is a decimal mark unless exactly three digits follow it everywhere it stands.
    private static char DecimalOf(List<string[]> samples, char separator)
    {
        int commas = 0, points = 0;
        foreach (var field in samples.SelectMany(record => record))
        {
            if (field.Length is 0 or > 24 || field.Any(char.IsLetter) || field.Contains(':', StringComparison.Ordinal) || field.Contains('/', StringComparison.Ordinal))
                continue;
            var comma = field.LastIndexOf(',');
            var point = field.LastIndexOf('.');
            if (comma > point && (field.Length - comma != 4 || point >= 0))
                commas++;
            else if (point > comma && field.IndexOf('.', StringComparison.Ordinal) == point)
                points++;
        }
        return commas > points || (commas == points && commas > 0 && separator == ';') ? ',' : '.';
    }

    private static DateOrder DateOrderOf(List<string[]> samples, IReadOnlyList<string?> targets)
    {
        bool dayFirst = false, monthFirst = false;
        foreach (var record in samples)
        {
            for (var i = 0; i < record.Length; i++)
            {
                if (targets[i] is null || record[i].Length < 6)
                    continue;
                var parts = record[i].Split('/', '-', '.', ' ', 'T');
                if (parts.Length < 3 || !int.TryParse(parts[0], out var first) || !int.TryParse(parts[1], out var second) || parts[0].Length > 2)
                    continue;
                dayFirst |= first is > 12 and <= 31;
                monthFirst |= second is > 12 and <= 31;
            }
        }
        return monthFirst && !dayFirst ? DateOrder.MonthDayYear : DateOrder.DayMonthYear;
    }
}

/// <param name="Samples">The first records, field by field.</param>
internal sealed record DetectedFile(Layout Layout, IReadOnlyList<string[]> Samples);

internal static class DateOrders
{
    public static DateOrder Parse(string name) => name switch
    {
        "ymd" => DateOrder.YearMonthDay,
        "mdy" => DateOrder.MonthDayYear,
        _ => DateOrder.DayMonthYear,
    };

    public static string Name(DateOrder order) => order switch
    {
        DateOrder.YearMonthDay => "ymd",
        DateOrder.MonthDayYear => "mdy",
        _ => "dmy",
    };
}

internal static class TextEncodings
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static Encoding Of(string name) => name == "windows-1252" ? Windows : Encoding.UTF8;
}
