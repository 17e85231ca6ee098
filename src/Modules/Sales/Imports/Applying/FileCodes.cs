namespace EPM.Sales.Imports.Applying;

/// <summary>The distinct codes a file names, each once, in order of appearance: a line then holds an index and allocates nothing.</summary>
internal sealed class FileCodes
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _codes = [];

    public FileCodes() => _lookup = _index.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count
    {
        get
        {
            lock (_codes)
                return _codes.Count;
        }
    }

    public string this[int index]
    {
        get
        {
            lock (_codes)
                return _codes[index];
        }
    }

    /// <summary>Called by the reading side only; the applying side reads what was added before a batch was handed over.</summary>
    public int IndexOf(ReadOnlySpan<char> code, out bool isNew)
    {
        isNew = !_lookup.TryGetValue(code, out var index);
        if (!isNew)
            return index;
        var text = code.ToString();
        lock (_codes)
        {
            index = _codes.Count;
            _codes.Add(text);
        }
        _index.Add(text, index);
        return index;
    }
}
