using EPM.Platform.Imports;
using EPM.Sales.Rollups;

namespace EPM.Sales.Imports.Applying;

/// <summary>What a batch comes to once it has been compared with what is stored.</summary>
internal sealed class BatchOutcome(RollupDelta delta)
{
    public List<SaleLine> Added { get; } = [];

    public List<SaleLine> Updated { get; } = [];

    public List<RejectedLine> Rejected { get; } = [];

    public int Unchanged { get; set; }

    public RollupDelta Delta { get; } = delta;

    public void Reject(in SaleLine line, string column, string code, string value) =>
        Rejected.Add(new RejectedLine(line.FileLine, "", [new RowError(column, code, value)]));
}
