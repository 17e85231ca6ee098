using EPM.Platform.Jobs;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Accuracy;

/// <summary>What a run does when all its forecasts are written: keeps them for the days they will be held against, and scores those of before.</summary>
internal sealed class Aftermath(TenantSession session, HeldJob held, PastForecasts forecasts, PastScores scores, OverrideScores overrides, Drifts drifts)
{
    private const int Patience = 120;

    /// <summary>
    /// Two transactions of its own, each of which may be done again: what was kept is not kept anew, and a score is of what stands now.
    /// </summary>
    /// <param name="stand">How far sales were known when the run read them.</param>
    public async Task RunAsync(SalesStand stand, CancellationToken ct)
    {
        if (stand.Stores.Count == 0)
            return;
        var asOf = stand.Stores.Values.Max(known => known.Last);
        await InTransactionAsync(async () =>
        {
            await forecasts.KeepAsync(asOf, ct);
            await scores.ScoreAsync(stand, ct);
        }, ct);
        // What is read from here on is what stands: reading opens a connection of its own.
        await InTransactionAsync(async () =>
        {
            await overrides.ScoreAsync(asOf, ct);
            await drifts.FindAsync(asOf, ct);
        }, ct);
    }

    private async Task InTransactionAsync(Func<Task> work, CancellationToken ct)
    {
        (session.Guard, session.Patience) = (held, Patience);
        await session.BeginAsync(readOnly: false, ct);
        await using (var patience = session.Command("SELECT set_config('statement_timeout', '120s', true)"))
            await patience.ExecuteNonQueryAsync(ct);
        await work();
        session.FiguresChange();
        await session.CommitAsync(ct);
    }
}
