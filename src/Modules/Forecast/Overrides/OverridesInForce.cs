using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EPM.Forecast.Overrides;

/// <summary>Reads which overrides count for some products. They are put on forecasts as these are read, so that one that was just made shows at once.</summary>
internal sealed class OverridesInForce(
    TenantSession session, Func<PlanningDbContext> db, IStoreDirectory stores, IProductDirectory products, CurrentTenant tenant, TimeProvider time)
{
    /// <summary>Of today, in a transaction of its own unless one was begun.</summary>
    /// <param name="productNos">Null for all.</param>
    /// <param name="from">Overrides of earlier days alone are left out.</param>
    public async Task<OverrideLayer> ReadAsync(int[]? productNos, DateOnly from, CancellationToken ct)
    {
        if (session.HasBegun)
            return await LayerAsync(productNos, from, except: null, ct);
        return await session.RunAsync(readOnly: true, async () =>
        {
            var layer = await LayerAsync(productNos, from, except: null, ct);
            await session.CommitAsync(ct);
            return layer;
        }, ct);
    }

    /// <param name="except">One that is to be left out, because something is to take its place.</param>
    public async Task<OverrideLayer> LayerAsync(int[]? productNos, DateOnly from, Guid? except, CancellationToken ct)
    {
        var today = Today;
        var made = await db().Overrides.AsNoTracking()
            .Where(row => row.EndedAt == null && row.ToDay >= from && (row.ExpiresOn == null || row.ExpiresOn >= today) && row.OverrideId != except).ToListAsync(ct);
        LaidOverride[] laid = [.. (await ReachesAsync(made, ct)).Where(row => productNos is null || productNos.Any(row.Reach.HasProduct))];
        var shares = await new ShareTable(session).ReadAsync([.. laid.Where(row => !row.Formula.IsOfEachDay).Select(row => OverrideKey.Of(row.Made))], productNos, ct);
        return laid.Length == 0 ? OverrideLayer.None : new OverrideLayer(laid, shares);
    }

    /// <returns>Overrides with what they reach, from coarse to fine.</returns>
    public async Task<IReadOnlyList<LaidOverride>> ReachesAsync(IReadOnlyList<Override> made, CancellationToken ct)
    {
        if (made.Count == 0)
            return [];
        var (map, catalogue) = (await stores.AllAsync(ct), await products.AllAsync(ct));
        return LaidOverride.InOrder(made.Select(row => new LaidOverride(row, OverrideReach.Of(row, map, catalogue), FormulaOf(row))));
    }

    public DateOnly Today => BusinessDay.Today(time, tenant.Info.TimeZone);

    private static Formula FormulaOf(Override made) =>
        Formula.Read(made.Formula, out var formula) is { } wrong ? throw new InvalidOperationException($"Override {made.OverrideId} holds a formula that is none: {wrong}.") : formula;
}
