using System.Text.Json;

namespace EPM.Sales.Imports.Reading;

/// <summary>One JSON object a line; the header names the properties. Numbers and texts are read alike.</summary>
internal sealed class JsonLinesReader(TextReader text, IReadOnlyList<string> header) : RecordReader
{
    private readonly string[] _fields = new string[header.Count];
    private string _raw = "";
    private long _lines;

    /// <summary>Set when the current line is no JSON object: its fields are all empty.</summary>
    public bool Malformed { get; private set; }

    public override ReadOnlySpan<char> Raw => _raw;

    public override ReadOnlySpan<char> Field(int index) => index >= 0 && index < _fields.Length ? _fields[index] : default;

    public override bool Next()
    {
        string? line;
        do
        {
            line = text.ReadLine();
            _lines++;
        }
        while (line is not null && line.AsSpan().Trim().Length == 0);
        if (line is null)
            return false;
        _raw = line;
        Line = _lines;
        Count = header.Count;
        Array.Fill(_fields, "");
        Parse(line);
        return true;
    }

    private void Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            Malformed = document.RootElement.ValueKind != JsonValueKind.Object;
            if (Malformed)
                return;
            for (var i = 0; i < header.Count; i++)
            {
                if (document.RootElement.TryGetProperty(header[i], out var value) && value.ValueKind != JsonValueKind.Null)
                    _fields[i] = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
            }
        }
        catch (JsonException)
        {
            // Told as a rejected line, with its number and content.
            Malformed = true;
        }
    }
}
