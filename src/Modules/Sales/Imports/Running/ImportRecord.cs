using EPM.Platform.Security;
using EPM.Sales.Imports.Reading;

namespace EPM.Sales.Imports.Running;

/// <summary>What an import was asked to do.</summary>
internal sealed record ImportRecord(
    Guid Id, int Number, string Kind, bool Atomic, bool DryRun, Layout Layout, DataScope Scope, string State, bool CancelAsked, long LastLine);

/// <summary>Names of the states an import goes through.</summary>
internal static class ImportStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static bool IsFinal(string state) => state is Completed or Failed or Cancelled;
}

/// <summary>What one step of an import adds to its counters.</summary>
internal sealed class ImportStep
{
    public long LastLine { get; set; }

    public long Read { get; set; }

    public long Added { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public long DoneBytes { get; set; }

    public List<Applying.RejectedLine> Rejected { get; } = [];

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public HashSet<int> Stores { get; } = [];

    /// <summary>Revenue with tax that the step moved, in ten-thousandths.</summary>
    public long Revenue { get; set; }

    public void Touch(int storeNo, DateOnly day, long revenue)
    {
        Stores.Add(storeNo);
        Revenue += revenue;
        From = From is null || day < From ? day : From;
        To = To is null || day > To ? day : To;
    }
}
