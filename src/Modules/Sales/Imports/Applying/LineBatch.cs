namespace EPM.Sales.Imports.Applying;

/// <summary>What one transaction applies: the lines read, those rejected, and how far in the file that is.</summary>
internal sealed class LineBatch(int capacity)
{
    private SaleLine[] _lines = new SaleLine[Math.Min(capacity, 4096)];

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

    public ref SaleLine Add()
    {
        if (Count == _lines.Length)
            Array.Resize(ref _lines, Math.Min(capacity, _lines.Length * 2));
        return ref _lines[Count++];
    }

    /// <summary>Takes back the line last added.</summary>
    public void RemoveLast() => Count--;
}
