using System.Globalization;
using EPM.Forecast.Answers;
using EPM.Forecast.Stored;
using EPM.Platform.Persistence;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using Npgsql;

namespace EPM.Forecast.Accuracy;

/// <summary>What is asked of accuracy.</summary>
/// <param name="From">First day forecast that counts; null for all.</param>
internal sealed record AccuracyQuery(string By, DateOnly? From, DateOnly? To, string? Store, string? Category)
{
    /// <summary>Canonical text: part of the cache key.</summary>
    public string Key => string.Join('|', "accuracy", By, From?.DayNumber, To?.DayNumber, Store, Category);
}

/// <summary>Cuts the errors of backtests: by what a cell is, out of what is kept of each cell; by when, day by day.</summary>
internal sealed class BacktestRows(TenantSession session, CellOutlooks outlooks, Words words)
{
    // Those that sell most: by far the most of what is sold, and some seconds less for one look.
    private const int MostCells = 3_000;

    public async Task<IReadOnlyList<AccuracyRow>> ReadAsync(Seen seen, AccuracyQuery query, IReadOnlyList<StoreSummary> stores, CategorySummary? category, CancellationToken ct)
    {
        bool Wanted(int productNo) => seen.Catalogue.ByNo.TryGetValue(productNo, out var product) && seen.Sees(product) && (category is null || seen.Catalogue.IsWithin(product, category.CategoryNo));
        var byNo = stores.ToDictionary(store => store.StoreNo);
        return query.By is "category" or "store" or "model"
            ? Weighed(seen, query.By, [.. (await outlooks.ReadAsync([.. byNo.Keys], ct)).Where(cell => cell.Score.Wape is not null && Wanted(cell.ProductNo))])
            : await DailyAsync(query, byNo, Wanted, ct);
    }

    private AccuracyRow[] Weighed(Seen seen, string by, CellOutlook[] cells) => [.. cells.GroupBy(cell => KeyOf(seen, by, cell), StringComparer.Ordinal)
        .Select(group => new AccuracyRow(group.Key, LabelOf(seen, by, group.Key), group.Count(), Rounded.Of(group.Sum(cell => cell.Score.Units)), Mean(group, score => score.Wape),
            Mean(group, score => score.NaiveWape), Mean(group, score => score.Bias), Mean(group, score => score.Mase), Mean(group, score => score.Coverage)))
        .OrderByDescending(row => row.Units).ThenBy(row => row.Key, StringComparer.Ordinal)];

    private static double? Mean(IEnumerable<CellOutlook> cells, Func<CellScore, double?> of) => Weights.Mean(cells.Select(cell => (of(cell.Score), cell.Score.Units)));

    // Products stand under the category right above them, as on the shelf.
    private static string KeyOf(Seen seen, string by, CellOutlook cell) => by switch
    {
        "store" => seen.Map.ByNo[cell.StoreNo].Code,
        "model" => cell.Method,
        _ => seen.Catalogue.Categories[seen.Catalogue.ByNo[cell.ProductNo].CategoryNo].Code,
    };

    private string LabelOf(Seen seen, string by, string key) => by switch
    {
        "store" => seen.Map.ByCode[key].Name,
        "model" => words.Method(key),
        _ => seen.Catalogue.CategoryByCode[key].Name,
    };

    private async Task<IReadOnlyList<AccuracyRow>> DailyAsync(AccuracyQuery query, Dictionary<int, StoreSummary> stores, Func<int, bool> wanted, CancellationToken ct)
    {
        var sums = new Dictionary<string, ErrorSum>(StringComparer.Ordinal);
        var together = new Dictionary<(string Level, string Key, DateOnly CutOff, DateOnly Day), double[]>();
        await session.ReadAsync($"""
            SELECT b.store_no, b.product_no, b.cut_offs, b.horizon, b.trials FROM forecast.cell c JOIN forecast.backtest b USING (tenant_id, product_no, store_no)
            WHERE c.tenant_id = $1 AND c.store_no = ANY ($2) ORDER BY c.tested_units DESC, c.product_no, c.store_no LIMIT {MostCells}
            """, [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = [.. stores.Keys] }], async reader =>
            {
                sums.Clear();
                together.Clear();
                while (await reader.ReadAsync(ct))
                {
                    if (wanted(reader.GetInt32(1)))
                        Add(new StoredBacktest(new CellKey(reader.GetInt32(0), reader.GetInt32(1)), reader.GetFieldValue<DateOnly[]>(2), reader.GetInt16(3), reader.GetFieldValue<float[]>(4), null!));
                }
                return 0;
            }, ct);
        foreach (var (at, day) in together)
            Sum(at.Level).Add((at.Key.GetHashCode(StringComparison.Ordinal), 0), day[0], day[1], day[1], day[2], double.NaN, double.NaN);
        return [.. sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => sum.Value.Row(Told(sum.Key), query.By == "level" ? words.Say("forecast.level." + sum.Key) : Told(sum.Key)))];

        void Add(StoredBacktest test)
        {
            for (var trial = 0; trial < test.CutOffs.Count; trial++)
            {
                for (var step = 0; step < test.Horizon; step++)
                {
                    var (day, came) = (test.CutOffs[trial].AddDays(step + 1), test.At(trial, 0, step));
                    if (double.IsNaN(came) || day < query.From || day > query.To)
                        continue;
                    Sum(query.By switch { "lag" => (step + 1).ToString("D3", CultureInfo.InvariantCulture), "week" => Monday(day), _ => Levels.Product }).Add(
                        (test.Key.StoreNo, test.Key.ProductNo), came, test.At(trial, 4, step), test.At(trial, 1, step), test.At(trial, 2, step), test.At(trial, 3, step), test.At(trial, 5, step));
                    if (query.By == "level")
                        AddTogether(test, trial, day, came, step);
                }
            }
        }

        void AddTogether(StoredBacktest test, int trial, DateOnly day, double came, int step)
        {
            var store = stores[test.Key.StoreNo];
            foreach (var (level, key) in new[] { (Levels.Store, store.Code), (Levels.Region, store.RegionCode), (Levels.Group, "") })
            {
                var at = (level, key, test.CutOffs[trial], day);
                if (!together.TryGetValue(at, out var sum))
                    together.Add(at, sum = new double[3]);
                (sum[0], sum[1], sum[2]) = (sum[0] + came, sum[1] + test.At(trial, 1, step), sum[2] + test.At(trial, 2, step));
            }
        }

        ErrorSum Sum(string key) => sums.TryGetValue(key, out var known) ? known : sums[key] = new ErrorSum();
    }

    private static string Told(string key) => key.TrimStart('0');

    private static string Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
