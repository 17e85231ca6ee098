using System.IO.Compression;

namespace EPM.Forecast.CommandLine;

/// <summary>A comma-separated file with a header, plain or gzipped, read line by line. Quoted fields may hold commas.</summary>
internal sealed class Table : IDisposable
{
    private readonly StreamReader _reader;
    private readonly List<string> _fields = [];

    public Table(string path)
    {
        Name = Path.GetFileName(path);
        try
        {
            Stream file = File.OpenRead(path);
            _reader = new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {failure.Message}");
        }
        if (!Next())
            throw new BadInputException($"{Name} is empty: its first line names the columns.");
        Header = [.. _fields.Select(field => field.Trim().TrimStart('\uFEFF'))];
    }

    public string Name { get; }

    public int Line { get; private set; }

    public IReadOnlyList<string> Header { get; }

    public IReadOnlyList<string> Fields => _fields;

    public int Column(string name)
    {
        for (var i = 0; i < Header.Count; i++)
        {
            if (string.Equals(Header[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        throw new BadInputException($"{Name}, line 1: there is no column '{name}', only {string.Join(", ", Header)}.");
    }

    /// <returns>False at the end. Empty lines are passed over.</returns>
    public bool Next()
    {
        string? line;
        try
        {
            do
            {
                line = _reader.ReadLine();
                Line++;
            }
            while (line is { Length: 0 });
        }
        catch (InvalidDataException)
        {
            throw new BadInputException($"{Name}, line {Line}: the file is not whole gzip; pack it again.");
        }
        if (line is null)
            return false;
        Split(line);
        if (Header is not null && _fields.Count != Header.Count)
            throw new BadInputException($"{Name}, line {Line}, column {Math.Min(_fields.Count, Header.Count) + 1}: {_fields.Count} fields where the header has {Header.Count}.");
        return true;
    }

    public BadInputException Refuse(int column, string why) => new($"{Name}, line {Line}, column {column + 1} ({Header[column]}): {why}");

    public void Dispose() => _reader.Dispose();

    private void Split(string line)
    {
        _fields.Clear();
        for (var at = 0; at <= line.Length;)
        {
            if (at < line.Length && line[at] == '"')
            {
                var end = at + 1;
                while (end < line.Length && !(line[end] == '"' && (end + 1 >= line.Length || line[end + 1] != '"')))
                    end += line[end] == '"' ? 2 : 1;
                if (end >= line.Length)
                    throw new BadInputException($"{Name}, line {Line}, column {_fields.Count + 1}: a quote is opened and not closed.");
                _fields.Add(line[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 2;
                continue;
            }
            var comma = line.IndexOf(',', at);
            comma = comma < 0 ? line.Length : comma;
            _fields.Add(line[at..comma]);
            at = comma + 1;
        }
    }
}
