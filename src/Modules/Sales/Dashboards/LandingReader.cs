using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Sales.Metrics;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;

namespace EPM.Sales.Dashboards;

/// <summary>Asks where the running month will end, for the stores shown that have an objective.</summary>
internal sealed class LandingReader(IEnumerable<IMonthLanding> landings, IObjectives objectives, CurrentTenant tenant)
{
    private const decimal PerUnit = 10_000m;
    private const int ProbabilityDecimals = 4;

    /// <param name="elapsed">The part of the period that has figures.</param>
    /// <returns>Nothing when there is no objective or no forecast, or figures are not those of whole stores over the month so far.</returns>
    public async Task<Landing> ReadAsync(Selection selection, Period period, Period elapsed, DashboardData data, CancellationToken ct)
    {
        var month = new DateOnly(period.From.Year, period.From.Month, 1);
        var last = month.AddMonths(1).AddDays(-1);
        if (landings.SingleOrDefault() is not { } landing || !selection.IsWholeStores || period.From != month || period.To > last || selection.Known.Through is not { } through)
            return default;
        // Figures that reach beyond the period, but not beyond the month, would be counted neither as sold nor as to come.
        if (through >= month && elapsed.To < (through < last ? through : last))
            return default;
        var planned = (await objectives.MonthlyAsync(selection.StoreNos, month, month, ct)).ToDictionary(objective => objective.StoreNo, objective => objective.Revenue);
        var objective = planned.Values.Sum();
        if (objective <= 0)
            return default;
        var sold = data.Ours.ToLookup(point => point.StoreNo, point => point.Measures.Revenue);
        StoreMonth[] stores = [.. selection.Stores.Where(store => planned.ContainsKey(store.StoreNo))
            .Select(store => new StoreMonth(store, KnownThrough(selection, store.StoreNo, month, last), sold[store.StoreNo].Sum() / PerUnit))];
        var outlook = await landing.OfAsync(month, stores, objective, ct);
        if (outlook.End is not { } end)
            return new Landing(null, outlook.IsComing);
        var decimals = Currencies.Decimals(tenant.Info.Currency);
        return new Landing(new LandingView(
            decimal.Round((decimal)end.Probability, ProbabilityDecimals), Money(end.P10, decimals), Money(end.P50, decimals), Money(end.P90, decimals),
            objective, decimal.Round(stores.Sum(store => store.Revenue), decimals, MidpointRounding.AwayFromZero), FormattableString.Invariant($"{month:yyyy-MM}")), IsComing: false);
    }

    private static DateOnly KnownThrough(Selection selection, int storeNo, DateOnly month, DateOnly last)
    {
        var before = month.AddDays(-1);
        var known = selection.Facts.KnownDays.TryGetValue(storeNo, out var days) ? days.To : before;
        return known < before ? before : known > last ? last : known;
    }

    private static decimal Money(double amount, int decimals) => decimal.Round((decimal)amount, decimals, MidpointRounding.AwayFromZero);
}

/// <param name="IsComing">Whether it will be known in a moment.</param>
internal readonly record struct Landing(LandingView? View, bool IsComing);
