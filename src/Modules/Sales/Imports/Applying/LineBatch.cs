namespace EPM.Sales.Imports.Applying;

/// <summary>What one transaction applies: the lines read, those rejected, and how far in the file that is.</summary>
internal sealed class LineBatch(int capacity)
{
    private const int LongestContent = 2_000;

    private SaleLine[] _lines = new SaleLine[Math.Min(capacity, 4096)];

    private char[] _raw = new char[1 << 16];
    private int _rawUsed;

    public int Count { get; private set; }

    public List<RejectedLine> Rejected { get; } = [];

    /// <summary>Records read, taken or not.</summary>
    public int Read { get; set; }

    /// <summary>Last line of the file that this batch covers.</summary>
    public long LastLine { get; set; }

    /// <summary>Names that the file gives to products, by index of their code; empty when it names none.</summary>
    public Dictionary<int, string> ProductNames { get; } = [];

    public bool IsFull => Count + Rejected.Count >= capacity;

    public Span<SaleLine> Lines => _lines.AsSpan(0, Count);

    /// <param name="raw">The line as it stands in the file: kept, so that whoever has to correct it can be shown it.</param>
    public ref SaleLine Add(ReadOnlySpan<char> raw)
    {
        if (Count == _lines.Length)
            Array.Resize(ref _lines, Math.Min(capacity, _lines.Length * 2));
        raw = raw[..Math.Min(raw.Length, LongestContent)];
        if (_rawUsed + raw.Length > _raw.Length)
            Array.Resize(ref _raw, Math.Max(_raw.Length * 2, _rawUsed + raw.Length));
        raw.CopyTo(_raw.AsSpan(_rawUsed));
        ref var line = ref _lines[Count++];
        line = default;
        (line.RawStart, line.RawLength) = (_rawUsed, raw.Length);
        _rawUsed += raw.Length;
        return ref line;
    }

    public string ContentOf(in SaleLine line) => new(_raw, line.RawStart, line.RawLength);

    /// <summary>Takes back the line last added.</summary>
    public void RemoveLast() => _rawUsed = _lines[--Count].RawStart;
}
