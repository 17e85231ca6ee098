using EPM.Forecast.Domain;
using EPM.Platform.Security;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Overrides;

/// <param name="Before">Units that were forecast for all its days and cells when it was made; null for who sees only a part of them.</param>
/// <param name="State">One of active, expired, withdrawn.</param>
/// <param name="Scored">How the days that are past came out; null before the first of them.</param>
/// <param name="History">What was done to it, the first first.</param>
internal sealed record OverrideView(
    Guid Id, string Level, string? Sku, string? Category, string? Store, string? Region, DateOnly From, DateOnly To, string Formula, string Reason, DateOnly? ExpiresOn,
    string State, string CreatedBy, DateTimeOffset CreatedAt, double? Before, double? After, OverrideScore? Scored, IReadOnlyList<OverrideChange> History);

/// <param name="Days">Past days of cells that it was on.</param>
internal sealed record OverrideScore(int Days, double? WapeStatistical, double? WapeOverridden, bool Better);

/// <param name="What">One of made, changed, withdrawn.</param>
internal sealed record OverrideChange(DateTimeOffset At, string By, string What, string Formula, double? Before, double? After);

internal sealed record OverrideList(IReadOnlyList<OverrideView> Items, int Total);

/// <summary>Tells overrides as a person may see them.</summary>
internal sealed class OverrideViews(IStoreDirectory stores, IProductDirectory products, OverridesInForce inForce, CurrentCaller caller)
{
    /// <param name="versions">Of one override, in any order.</param>
    public async Task<OverrideView> OfAsync(IEnumerable<Override> versions, CancellationToken ct)
    {
        var (map, catalogue) = (await stores.AllAsync(ct), await products.AllAsync(ct));
        var ordered = versions.OrderBy(version => version.Version).ToArray();
        var last = ordered[^1];
        var whole = OverrideReach.Of(last, map, catalogue).IsWithin(caller.Value.Scope);
        return new OverrideView(
            last.OverrideId, last.Level, last.ProductNo is { } product ? catalogue.ByNo[product].Sku : null, last.CategoryNo is { } category ? catalogue.Categories[category].Code : null,
            last.StoreNo is { } store ? map.ByNo[store].Code : null, last.RegionCode, last.FromDay, last.ToDay, last.Formula, last.Reason, last.ExpiresOn,
            last.StateOn(inForce.Today), last.CreatedByName, last.CreatedAt, Units(last.BeforeUnits, whole), Units(last.AfterUnits, whole),
            whole ? ScoreOf(last) : null, [.. HistoryOf(ordered, whole)]);
    }

    private static IEnumerable<OverrideChange> HistoryOf(Override[] ordered, bool whole)
    {
        foreach (var version in ordered)
        {
            yield return new OverrideChange(version.CreatedAt, version.CreatedByName, version.Version == 1 ? "made" : "changed",
                version.Formula, Units(version.BeforeUnits, whole), Units(version.AfterUnits, whole));
            if (version is { Withdrawn: true, EndedAt: { } at })
                yield return new OverrideChange(at, version.EndedByName ?? "", "withdrawn", version.Formula, Units(version.AfterUnits, whole), Units(version.BeforeUnits, whole));
        }
    }

    private static OverrideScore? ScoreOf(Override made) => made.ScoredDays == 0 ? null
        : new OverrideScore(made.ScoredDays, Wape(made.ScoredStatistical, made), Wape(made.ScoredOverridden, made), made.ScoredOverridden < made.ScoredStatistical);

    private static double? Wape(double error, Override made) => made.ScoredActual > 0 ? error / made.ScoredActual : null;

    private static double? Units(long quantity, bool whole) => whole ? Quantity.Units(quantity) : null;
}
