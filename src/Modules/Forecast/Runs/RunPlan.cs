using EPM.Sales.Contracts;

namespace EPM.Forecast.Runs;

/// <summary>What a run is going to do, batch by batch.</summary>
/// <param name="AsOf">Last business date any store has; null when nothing was ever sold.</param>
/// <param name="Mark">How far imports had come.</param>
/// <param name="KnownPrint">Of opening days and events.</param>
/// <param name="Ended">Cells of which nothing is expected any more.</param>
internal sealed record RunPlan(DateOnly? AsOf, long Mark, long KnownPrint, IReadOnlyList<RunBatch> Batches, IReadOnlyList<CellKey> Ended)
{
    /// <summary>
    /// Series a transaction: some seconds of work, so little is lost with a killed host and progress is seen. Bounded by memory too: what the
    /// engine works out of a series of three years with all its feasts takes several megabytes until its fleet is done.
    /// </summary>
    public const int BatchSize = 400;
}
