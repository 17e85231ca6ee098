using System.Runtime.InteropServices;
using EPM.Platform.Imports;
using EPM.Sales.Rollups;

namespace EPM.Sales.Imports.Applying;

/// <summary>What a batch comes to once it has been compared with what is stored.</summary>
/// <param name="batch">Where the lines come from.</param>
internal sealed class BatchOutcome(LineBatch batch)
{
    private readonly List<(int Start, int Length)> _fresh = [];
    private readonly List<(SaleLine[] Before, SaleLine[] After)> _merged = [];

    /// <summary>New lines, ticket by ticket.</summary>
    public List<SaleLine> Added { get; } = [];

    public List<SaleLine> Updated { get; } = [];

    public List<RejectedLine> Rejected { get; } = [];

    public int Unchanged { get; set; }

    public void Reject(in SaleLine line, string column, string code, string value) =>
        Rejected.Add(new RejectedLine(line.FileLine, batch.ContentOf(in line), [new RowError(column, code, value)]));

    /// <summary>A ticket nothing was known of.</summary>
    public void Fresh(ReadOnlySpan<SaleLine> lines)
    {
        _fresh.Add((Added.Count, lines.Length));
        Added.AddRange(lines);
    }

    /// <summary>A ticket that was known and is another now.</summary>
    public void Merged(ReadOnlySpan<SaleLine> before, ReadOnlySpan<SaleLine> after) => _merged.Add((before.ToArray(), after.ToArray()));

    /// <summary>Works out what all of it does to the rollups.</summary>
    public void AddTo(RollupDelta delta)
    {
        // Taken by place: merged tickets add lines of their own between these.
        var added = CollectionsMarshal.AsSpan(Added);
        foreach (var (start, length) in _fresh)
            delta.Ticket(1, added.Slice(start, length));
        foreach (var (before, after) in _merged)
        {
            delta.Ticket(-1, before);
            delta.Ticket(1, after);
        }
    }
}
