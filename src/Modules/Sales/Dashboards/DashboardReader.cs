using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Metrics;
using EPM.Tenancy.Contracts;

namespace EPM.Sales.Dashboards;

/// <summary>Puts the dashboard together: what the period has so far, held against as much of the comparison.</summary>
internal sealed class DashboardReader(
    Database database, CurrentTenant tenant, CurrentCaller caller, Texts texts, SalesFilters filters, MetricReader metrics, LandingReader landings)
{
    /// <param name="running">Whether the period begins the month that is under way.</param>
    /// <returns>The dashboard, and whether it will tell more in a moment.</returns>
    public async Task<(DashboardView View, bool IsPassing)> ReadAsync(GetDashboard request, long version, bool running, CancellationToken ct)
    {
        var selection = await filters.ResolveAsync(request.Filter, ct);
        var known = selection.Known;
        var elapsed = known.Through is { } through ? request.Period.Until(through) : request.Period;
        var comparison = Comparison.Of(request.Compare, request.Period, elapsed);
        var grain = Grain.Of(request.Period);
        var spread = selection.IsWholeStores ? await metrics.ObjectivesAsync(selection, request.Period, elapsed.To, ct) : ObjectiveSpread.None;
        var data = await DashboardData.ReadAsync(database, tenant.Id, selection, elapsed, comparison, grain, ct);
        var decimals = Currencies.Decimals(tenant.Info.Currency);
        var sums = new DashboardSums(selection, data, elapsed, grain, spread, comparison, known);
        var cards = new DashboardCards(texts, caller.Value, decimals);
        var lines = new DashboardLines(sums, decimals, caller.Value.Scope.SeesCost);
        var landing = running ? await landings.ReadAsync(selection, request.Period, elapsed, data, ct) : default;
        return (new DashboardView(
            request.Period.From, request.Period.To, ComparePeriod.Of(comparison, known),
            tenant.Info.Currency, decimals, version, Fresh(data, selection, known), cards.Of(sums), grain.Name,
            lines.Series(), lines.Stores(), lines.Categories(), lines.Regions(), lines.Heat(), !selection.IsWholeStores, landing.View), landing.IsComing);
    }

    private static Watermark Fresh(DashboardData data, Selection selection, KnownDays known) => new(
        data.LastImport?.At, data.LastImport?.Id, known.Through, known.Through is null ? 0 : known.Reporting,
        known.Through is { } through ? selection.Stores.Count(store => selection.Map.IsOpen(store, through)) : selection.Stores.Count);
}
