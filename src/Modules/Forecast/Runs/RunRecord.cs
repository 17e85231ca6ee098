namespace EPM.Forecast.Runs;

/// <summary>What a run was asked to do.</summary>
/// <param name="Skus">Null for all.</param>
/// <param name="Stores">Codes; null for all.</param>
/// <param name="Planned">Whether its batches stand.</param>
internal sealed record RunRecord(Guid Id, string Kind, string State, bool Nightly, string[]? Skus, string[]? Stores, bool Planned);

/// <summary>Names of the kinds of run.</summary>
internal static class RunKinds
{
    /// <summary>Every cell is chosen for anew, by backtests.</summary>
    public const string Retrain = "retrain";

    /// <summary>Cells whose sales changed are fitted again by the recipe they have; those that have none are trained.</summary>
    public const string Refresh = "refresh";
}

/// <summary>Names of the states a run goes through.</summary>
internal static class RunStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static bool IsFinal(string state) => state is Completed or Failed or Cancelled;
}

/// <summary>What a run does in one transaction.</summary>
/// <param name="Retrain">False to keep the recipes that are there.</param>
/// <param name="Before">Series of the batches that are done.</param>
internal sealed record RunBatch(int Number, int StoreNo, bool Retrain, int[] ProductNos, int Before = 0);

/// <summary>What became of a batch.</summary>
/// <param name="Fitted">Series that were fitted; the others were as they had been.</param>
/// <param name="Failed">Of those, series that the engine could do nothing with.</param>
internal sealed record BatchOutcome(int Fitted, int Failed, double Milliseconds);
