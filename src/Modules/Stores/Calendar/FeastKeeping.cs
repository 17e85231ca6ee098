using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using EPM.Stores.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Calendar;

internal sealed class FeastKeeping(CurrentTenant tenant) : IFeastKeeping
{
    // The crescent is never out by more; a decree may be.
    private const int MostDaysOff = 40;

    public async Task KeepAsync(TenantSession session, IReadOnlyCollection<KeptFeast> feasts, CancellationToken ct)
    {
        await using var db = new StoresDbContext(session);
        var countries = await db.Stores.Select(store => store.Country).Distinct().ToListAsync(ct);
        var calendar = new ChainCalendar(countries.Count == 0 ? [tenant.Info.Country] : countries, [], []);
        var decided = (await db.Decisions.ToListAsync(ct)).Select(decision => decision.Key).ToHashSet();
        foreach (var feast in feasts)
        {
            var (key, proposal) = Nearest(calendar, feast);
            if (!decided.Add(key))
                continue;
            db.Decisions.Add(new Decision
            {
                Code = key.Code,
                Country = key.Country ?? "",
                BaseDay = key.Base,
                State = feast.From == proposal.From && feast.To == proposal.To ? Decision.Confirmed : Decision.Moved,
                FromDay = feast.From,
                ToDay = feast.To,
                LeadDays = proposal.Lead,
                LagDays = proposal.Lag,
            });
        }
        if (await db.SaveChangesAsync(ct) > 0)
            session.FiguresChange();
    }

    private static (FeastKey Key, EventOccurrence Proposal) Nearest(ChainCalendar calendar, KeptFeast feast)
    {
        var near = Enumerable.Range(feast.From.Year - 1, 3).SelectMany(calendar.Proposals)
            .Where(proposal => proposal.Key.Code == feast.Code && proposal.Key.Country == feast.Country)
            .Select(proposal => (proposal.Key, proposal.Occurrence, Off: Math.Abs(proposal.Occurrence.From.DayNumber - feast.From.DayNumber)))
            .Where(proposal => proposal.Off <= MostDaysOff).OrderBy(proposal => proposal.Off).ToArray();
        return near.Length > 0 ? (near[0].Key, near[0].Occurrence)
            : throw new ArgumentException($"No feast {feast.Code} is proposed for {feast.Country ?? "all countries"} around {feast.From:yyyy-MM-dd}.", nameof(feast));
    }
}
