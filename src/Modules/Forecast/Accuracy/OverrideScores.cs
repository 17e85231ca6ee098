using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Sales.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Accuracy;

/// <summary>Tells each override how its days came out, against what would have been said without any.</summary>
internal sealed class OverrideScores(Func<PlanningDbContext> context, PastReader past, PastOverrides overrides)
{
    /// <summary>Of one day ahead: what people knew last.</summary>
    public const int Lag = 1;

    // Older ones change no more: what came late was filled in by then.
    private const int StillMoving = 21;

    /// <summary>In the transaction that was begun.</summary>
    /// <param name="asOf">Last business date any store has.</param>
    public async Task ScoreAsync(DateOnly asOf, CancellationToken ct)
    {
        var db = context();
        var settled = asOf.AddDays(-StillMoving);
        var moving = await db.Overrides.Where(row => row.ToDay >= settled && row.FromDay <= asOf).ToListAsync(ct);
        if (moving.Count == 0)
            return;
        var from = moving.Min(row => row.FromDay);
        var history = await overrides.ReadAsync(from, asOf, ct);
        var scores = moving.ToDictionary(row => (row.OverrideId, row.Version), _ => default(Score));
        await past.ReadAsync([Lag], null, from, asOf, row => Add(scores, history, row), ct);
        foreach (var row in moving)
        {
            var score = scores[(row.OverrideId, row.Version)];
            (row.ScoredDays, row.ScoredActual, row.ScoredStatistical, row.ScoredOverridden) = (score.Days, score.Actual, score.Statistical, score.Overridden);
        }
        await db.SaveChangesAsync(ct);
    }

    private static void Add(Dictionary<(Guid, int), Score> scores, OverrideHistory history, PastRow row)
    {
        if (row.Overridden is not { } overridden)
            return;
        foreach (var laid in history.Overrides)
        {
            var key = (laid.Made.OverrideId, laid.Made.Version);
            if (!scores.TryGetValue(key, out var score))
                continue;
            for (var i = 0; i < row.StoreNos.Length; i++)
            {
                if (!row.Came(i) || !history.CountedOn(laid, new CellKey(row.StoreNos[i], row.ProductNo), row.Day, row.KeptAt))
                    continue;
                var actual = row.Actual![i];
                score = new Score(score.Days + 1, score.Actual + Math.Abs(actual), score.Statistical + Math.Abs(row.Statistical[i] - actual), score.Overridden + Math.Abs(overridden[i] - actual));
            }
            scores[key] = score;
        }
    }

    private readonly record struct Score(int Days, double Actual, double Statistical, double Overridden);
}
