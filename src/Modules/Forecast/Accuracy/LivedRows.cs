using System.Globalization;
using EPM.Forecast.Answers;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;

namespace EPM.Forecast.Accuracy;

/// <summary>Cuts the errors of what was said, held against what came: of one day ahead, but for the cut by lag.</summary>
internal sealed class LivedRows(PastReader past, Words words, CurrentTenant tenant, TimeProvider time)
{
    /// <summary>Days that are told unless others are asked for: four weeks.</summary>
    private const int DefaultDays = 28;

    // Fewer days are chance: until then backtests say more of what to expect, unless somebody asks for just these days.
    private const int LeastDays = 7;

    /// <returns>Null where too little of what was said came to pass yet.</returns>
    public async Task<IReadOnlyList<AccuracyRow>?> ReadAsync(Seen seen, AccuracyQuery query, IReadOnlyList<StoreSummary> stores, CategorySummary? category, CancellationToken ct)
    {
        var (from, to) = DaysOf(query);
        var products = category is null ? seen.ProductNos() : seen.ProductsOf(category);
        var byNo = stores.ToDictionary(store => store.StoreNo);
        var sums = new SortedDictionary<string, ErrorSum>(StringComparer.Ordinal);
        var days = new HashSet<DateOnly>();
        var together = new Dictionary<(string Level, string Key, DateOnly Day), double[]>();
        await past.ReadAsync(query.By == "lag" ? PastForecasts.Lags : [OverrideScores.Lag], products, from, to, row =>
        {
            if (Add(sums, together, seen, query.By, byNo, row))
                days.Add(row.Day);
        }, ct);
        if (days.Count < (query is { From: null, To: null } ? LeastDays : 1))
            return null;
        foreach (var (at, day) in together)
            SumOf(sums, at.Level).Add((at.Key.GetHashCode(StringComparison.Ordinal), 0), day[0], day[1], day[1], day[2], double.NaN, double.NaN);
        var rows = sums.Select(sum => sum.Value.Row(sum.Key.TrimStart('0'), LabelOf(seen, query.By, sum.Key)));
        return query.By is "category" or "store" or "model" ? [.. rows.OrderByDescending(row => row.Units).ThenBy(row => row.Key, StringComparer.Ordinal)] : [.. rows];
    }

    private (DateOnly From, DateOnly To) DaysOf(AccuracyQuery query)
    {
        var today = BusinessDay.Today(time, tenant.Info.TimeZone);
        var to = query.To ?? (query.From is { } first && first < today ? DateOnly.FromDayNumber(Math.Min(today.DayNumber, first.DayNumber + DefaultDays - 1)) : today);
        return (query.From ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - DefaultDays + 1)), to);
    }

    /// <returns>Whether any of it came to pass.</returns>
    private static bool Add(
        SortedDictionary<string, ErrorSum> sums, Dictionary<(string, string, DateOnly), double[]> together, Seen seen, string by, Dictionary<int, StoreSummary> stores, PastRow row)
    {
        var any = false;
        for (var i = 0; i < row.StoreNos.Length; i++)
        {
            if (!row.Came(i) || !stores.TryGetValue(row.StoreNos[i], out var store))
                continue;
            any = true;
            var (came, said, naive) = (row.Actual![i], row.Said(i), row.Naive[i]);
            SumOf(sums, KeyOf(seen, by, row, i, store)).Add((store.StoreNo, row.ProductNo), came, row.P50[i], said, naive, row.P10[i], row.P90[i]);
            if (by != "level")
                continue;
            foreach (var (level, key) in new[] { (Levels.Store, store.Code), (Levels.Region, store.RegionCode), (Levels.Group, "") })
            {
                if (!together.TryGetValue((level, key, row.Day), out var sum))
                    together.Add((level, key, row.Day), sum = new double[3]);
                (sum[0], sum[1], sum[2]) = (sum[0] + came, sum[1] + said, sum[2] + naive);
            }
        }
        return any;
    }

    // Products stand under the category right above them, as on the shelf.
    private static string KeyOf(Seen seen, string by, PastRow row, int i, StoreSummary store) => by switch
    {
        "lag" => row.Lag.ToString("D3", CultureInfo.InvariantCulture),
        "week" => Drifts.MondayOf(row.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "store" => store.Code,
        "model" => row.Methods[i],
        "category" => seen.Catalogue.Categories[seen.Catalogue.ByNo[row.ProductNo].CategoryNo].Code,
        _ => Levels.Product,
    };

    private string LabelOf(Seen seen, string by, string key) => by switch
    {
        "store" => seen.Map.ByCode[key].Name,
        "model" => words.Method(key),
        "category" => seen.Catalogue.CategoryByCode[key].Name,
        "level" => words.Say("forecast.level." + key),
        _ => key.TrimStart('0'),
    };

    private static ErrorSum SumOf(SortedDictionary<string, ErrorSum> sums, string key) => sums.TryGetValue(key, out var known) ? known : sums[key] = new ErrorSum();
}
