using EPM.Forecast.Domain;
using EPM.Forecast.Overrides;
using EPM.Forecast.Persistence;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Accuracy;

/// <summary>Overrides as they counted at earlier moments: whose work it was when something other than the statistical forecast was said.</summary>
internal sealed class PastOverrides(Func<PlanningDbContext> db, OverridesInForce layers, CurrentTenant tenant)
{
    /// <summary>In the transaction that was begun.</summary>
    /// <returns>All versions with days in the period.</returns>
    public async Task<OverrideHistory> ReadAsync(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var made = await db().Overrides.AsNoTracking().Where(row => row.FromDay <= to && row.ToDay >= from).ToListAsync(ct);
        return new OverrideHistory(await layers.ReachesAsync(made, ct), TimeZoneInfo.FindSystemTimeZoneById(tenant.Info.TimeZone));
    }
}

/// <param name="overrides">From coarse to fine.</param>
internal sealed class OverrideHistory(IReadOnlyList<LaidOverride> overrides, TimeZoneInfo zone)
{
    public IReadOnlyList<LaidOverride> Overrides => overrides;

    /// <returns>The override that had the last word on a day of a cell when its forecast was kept; null when none was on it.</returns>
    public Override? LastOn(CellKey cell, DateOnly day, DateTimeOffset keptAt)
    {
        for (var i = overrides.Count - 1; i >= 0; i--)
        {
            if (CountedOn(overrides[i], cell, day, keptAt))
                return overrides[i].Made;
        }
        return null;
    }

    public bool CountedOn(LaidOverride laid, CellKey cell, DateOnly day, DateTimeOffset keptAt)
    {
        var made = laid.Made;
        return made.FromDay <= day && day <= made.ToDay && made.CreatedAt <= keptAt && (made.EndedAt is null || made.EndedAt > keptAt)
            && (made.ExpiresOn is not { } expires || expires >= DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(keptAt, zone).DateTime)) && laid.Reach.Has(cell);
    }
}
